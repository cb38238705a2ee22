package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Idle;
import dev.kith.bench.workload.Tally;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Behaviors with nothing to do.
final class TypedIdle extends OnTyped implements Idle {
  sealed interface Message {}

  record Touch(Tally touched) implements Message {}

  record End(Tally ended) implements Message {}

  private List<ActorRef<Message>> idlers = List.of();

  TypedIdle(Dispatcher dispatcher) {
    super(dispatcher);
  }

  @Override
  public void fill(int processes) throws Exception {
    Tally touched = new Tally(processes);
    idlers = spawn(processes, _ -> idler());
    idlers.forEach(idler -> idler.tell(new Touch(touched)));
    touched.await();
  }

  @Override
  public void empty() throws Exception {
    Tally ended = new Tally(idlers.size());
    idlers.forEach(idler -> idler.tell(new End(ended)));
    idlers = List.of();
    ended.await();
  }

  private static Behavior<Message> idler() {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Touch(Tally touched) -> {
            touched.count();
            yield Behaviors.same();
          }
          case End(Tally ended) -> {
            ended.count();
            yield Behaviors.stopped();
          }
        });
  }
}
