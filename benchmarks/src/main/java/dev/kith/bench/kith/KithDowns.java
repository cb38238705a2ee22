package dev.kith.bench.kith;

import dev.kith.bench.workload.Downs;
import dev.kith.bench.workload.Tally;
import dev.kith.process.Down;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.ArrayList;
import java.util.List;

/// Servers that monitor a server.
final class KithDowns extends OnNode implements Downs {
  sealed interface Message {}

  record Watch(ProcessRef<Target> target, Tally watching, Tally told) implements Message {}

  record Gone(Down down, Tally told) implements Message {}

  /// What the one that is watched is told.
  sealed interface Target {}

  enum Leave implements Target {
    LEAVE
  }

  /// Answered when all that was sent before has been handled.
  record Barrier(Tally reached) implements Target {}

  private final List<ProcessRef<Message>> watchers = new ArrayList<>();
  private ProcessRef<Target> target = node.spawn(Target.class, Watched::new);
  private Tally told = new Tally(0);

  @Override
  public void watch(int count) throws Exception {
    while (watchers.size() < count) {
      watchers.add(node.spawn(Message.class, Watcher::new));
    }
    Tally watching = new Tally(count);
    told = new Tally(count);
    for (ProcessRef<Message> watcher : watchers.subList(0, count)) {
      watcher.send(new Watch(target, watching, told));
    }
    watching.await();
    Tally reached = new Tally(1);
    target.send(new Barrier(reached));
    reached.await();
  }

  @Override
  public void end() throws Exception {
    target.send(Leave.LEAVE);
    told.await();
    target = node.spawn(Target.class, Watched::new);
  }

  private static final class Watcher implements Server<Message> {
    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Watch watch -> {
          self.monitor(watch.target(), down -> new Gone(down, watch.told()));
          watch.watching().count();
        }
        case Gone gone -> gone.told().count();
      }
    }
  }

  private static final class Watched implements Server<Target> {
    @Override
    public void handle(Self<Target> self, Target message) {
      switch (message) {
        case Leave _ -> self.exit(ExitReason.normal());
        case Barrier(Tally reached) -> reached.count();
      }
    }
  }
}
