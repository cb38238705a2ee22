package dev.kith.bench.threads;

import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Latency;
import dev.kith.bench.workload.Nuisance;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Timetable;
import dev.kith.bench.workload.VirtualThreads;
import java.util.concurrent.BlockingQueue;

/// A thread that asks a thread, among threads that spin and sleep.
final class ThreadLatency extends OnThreads implements Latency {
  private final BlockingQueue<Question> server = mailbox();

  ThreadLatency() {
    startForEver(() -> Question.answer(server));
    startForEver(new Repeated(mailbox(), Nuisance::spin));
    startForEver(new Repeated(mailbox(), Nuisance::block));
  }

  @Override
  public void call(Timetable timetable) throws Exception {
    Patience.await(
        VirtualThreads.start(() -> {
          timetable.run(() -> Question.ask(server, Calls.NUMBER, Calls.WITHIN.toNanos()));
          return timetable;
        }));
  }

  /// Sends itself the same message again and again.
  private record Repeated(BlockingQueue<String> mailbox, Life life) implements Life {
    Repeated {
      mailbox.add("again");
    }

    @Override
    public void live() throws InterruptedException {
      String again = mailbox.take();
      life.live();
      mailbox.put(again);
    }
  }
}
