package dev.kith.bench.kith;

import dev.kith.bench.workload.Calls;
import dev.kith.bench.workload.Latency;
import dev.kith.bench.workload.Nuisance;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Timetable;
import dev.kith.process.Inbox;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.concurrent.CompletableFuture;

/// A body that calls a server, among servers that spin and block without having said so.
final class KithLatency extends OnNode implements Latency {
  record Begin(Timetable timetable, CompletableFuture<Timetable> done) {}

  enum Again {
    AGAIN
  }

  private final ProcessRef<Question> server = node.spawn(Question.class, Question.Answerer::new);
  private final ProcessRef<Begin> caller = node.spawn(Begin.class, this::callForEver);

  KithLatency() {
    node.spawn(Again.class, Spinner::new).send(Again.AGAIN);
    node.spawn(Again.class, Blocker::new).send(Again.AGAIN);
  }

  @Override
  public void call(Timetable timetable) throws Exception {
    CompletableFuture<Timetable> done = new CompletableFuture<>();
    caller.send(new Begin(timetable, done));
    Patience.await(done);
  }

  private void callForEver(Self<Begin> self, Inbox<Begin> inbox) throws Exception {
    while (true) {
      Begin begin = inbox.receive();
      begin.timetable().run(() -> self.call(server, new Question(Calls.NUMBER), Calls.WITHIN));
      begin.done().complete(begin.timetable());
    }
  }

  private static final class Spinner implements Server<Again> {
    @Override
    public void handle(Self<Again> self, Again again) {
      Nuisance.spin();
      self.ref().send(again);
    }
  }

  private static final class Blocker implements Server<Again> {
    @Override
    public void handle(Self<Again> self, Again again) throws InterruptedException {
      Nuisance.block();
      self.ref().send(again);
    }
  }
}
