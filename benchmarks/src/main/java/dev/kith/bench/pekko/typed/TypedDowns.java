package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Downs;
import dev.kith.bench.workload.Tally;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Behaviors that watch one.
final class TypedDowns extends OnTyped implements Downs {
  sealed interface Message {}

  record Watch(ActorRef<Target> target, Tally watching, Tally told) implements Message {}

  record Gone(Tally told) implements Message {}

  /// What the one that is watched is told.
  sealed interface Target {}

  enum Leave implements Target {
    LEAVE
  }

  /// Answered when all that was sent before has been handled.
  record Barrier(Tally reached) implements Target {}

  private final List<ActorRef<Message>> watchers = new ArrayList<>();
  private ActorRef<Target> target;
  private Tally told = new Tally(0);

  TypedDowns(Dispatcher dispatcher) throws Exception {
    super(dispatcher);
    target = spawn(target());
  }

  /// A watch is a system message, which comes to the target before any other.
  @Override
  public void watch(int count) throws Exception {
    watchers.addAll(spawn(Math.max(0, count - watchers.size()), _ -> watcher()));
    Tally watching = new Tally(count);
    told = new Tally(count);
    for (ActorRef<Message> watcher : watchers.subList(0, count)) {
      watcher.tell(new Watch(target, watching, told));
    }
    watching.await();
    Tally reached = new Tally(1);
    target.tell(new Barrier(reached));
    reached.await();
  }

  @Override
  public void end() throws Exception {
    target.tell(Leave.LEAVE);
    told.await();
    target = spawn(target());
  }

  private static Behavior<Message> watcher() {
    return Behaviors.receive(TypedDowns::handle);
  }

  private static Behavior<Message> handle(ActorContext<Message> context, Message message) {
    switch (message) {
      case Watch watch -> {
        context.watchWith(watch.target(), new Gone(watch.told()));
        watch.watching().count();
      }
      case Gone(Tally told) -> told.count();
    }
    return Behaviors.same();
  }

  private static Behavior<Target> target() {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Leave _ -> Behaviors.stopped();
          case Barrier(Tally reached) -> {
            reached.count();
            yield Behaviors.same();
          }
        });
  }
}
