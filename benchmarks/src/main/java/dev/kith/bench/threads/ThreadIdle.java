package dev.kith.bench.threads;

import dev.kith.bench.workload.Idle;
import dev.kith.bench.workload.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/// Threads that wait for a message.
final class ThreadIdle extends OnThreads implements Idle {
  sealed interface Message {}

  record Touch(Tally touched) implements Message {}

  record End(Tally ended) implements Message {}

  private final List<BlockingQueue<Message>> idlers = new ArrayList<>();

  @Override
  public void fill(int processes) throws Exception {
    Tally touched = new Tally(processes);
    for (int i = 0; i < processes; i++) {
      BlockingQueue<Message> idler = mailbox();
      start(() -> live(idler));
      idler.put(new Touch(touched));
      idlers.add(idler);
    }
    touched.await();
  }

  @Override
  public void empty() throws Exception {
    Tally ended = new Tally(idlers.size());
    for (BlockingQueue<Message> idler : idlers) {
      idler.put(new End(ended));
    }
    idlers.clear();
    ended.await();
  }

  private static void live(BlockingQueue<Message> mailbox) throws InterruptedException {
    while (true) {
      switch (mailbox.take()) {
        case Touch(Tally touched) -> touched.count();
        case End(Tally ended) -> {
          ended.count();
          return;
        }
      }
    }
  }
}
