package dev.kith.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A workload on virtual threads, where a process is a thread and its queue.
abstract class OnThreads implements AutoCloseable {

  /// What a thread does, again and again.
  interface Life {
    void live() throws InterruptedException;
  }

  private final List<Thread> threads = new ArrayList<>();

  /// A process's queue.
  static <M> BlockingQueue<M> mailbox() {
    return new LinkedBlockingQueue<>();
  }

  /// Starts a thread that ends with the workload.
  final void startForEver(Life life) {
    threads.add(
        start(() -> {
          while (true) {
            life.live();
          }
        }));
  }

  /// Starts a thread.
  static Thread start(Life life) {
    return Thread.startVirtualThread(() -> liveUntilInterrupted(life));
  }

  private static void liveUntilInterrupted(Life life) {
    try {
      life.live();
    } catch (InterruptedException _) {
      // the end of the workload
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
