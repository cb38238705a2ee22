package dev.kith.examples;

import dev.kith.process.Body;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.server.StateMachine;
import dev.kith.server.Step;
import dev.kith.server.Task;
import java.time.Duration;
import java.util.List;

/// A machine with two states, and tasks that push at it together.
public final class Turnstile {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Turnstile() {}

  // @start region=machine
  enum Gate {
    LOCKED,
    OPEN
  }

  sealed interface Event {
    record Coin() implements Event {}

    record Push(String who) implements Event, Request<String> {}

    record TooLate() implements Event {}
  }

  static final class Machine implements StateMachine<Gate, Event> {
    @Override
    public Step<Gate, Event> start(Self<Event> self) {
      return Step.to(Gate.LOCKED);
    }

    @Override
    public Step<Gate, Event> handle(Self<Event> self, Gate gate, Event event) {
      return switch (event) {
        case Event.Coin() -> Step.<Gate, Event>to(Gate.OPEN).within(SECOND, new Event.TooLate());
        case Event.TooLate() -> Step.to(Gate.LOCKED);
        case Event.Push _ when gate == Gate.LOCKED -> Step.<Gate, Event>stay().postponed();
        case Event.Push push -> {
          self.reply(push, push.who() + " is in");
          yield Step.to(Gate.LOCKED);
        }
      };
    }
  }

  // @end

  /// Runs it.
  public static void main(String[] arguments) {
    try (Node node = Node.start(NodeName.of("turnstile"))) {
      var gate = node.spawn(StateMachine.spec(Event.class, Machine::new));
      Body<Object> crowd = (self, _) -> push(self, gate);
      ProcessRef<Object> people = node.spawn(ProcessSpec.body(Object.class, crowd));
      node.awaitExit(people, SECOND.multipliedBy(10));
    }
  }

  private static void push(Self<Object> self, ProcessRef<Event> gate) {
    // @start region=task
    Task<String> ann =
        Task.start(self, () -> self.node().call(gate, new Event.Push("Ann"), SECOND));
    self.send(gate, new Event.Coin());
    System.out.println(ann.await(SECOND));
    // @end

    // @start region=many
    List<Integer> squares =
        Task.forEach(self, List.of(1, 2, 3, 4), 2, SECOND, number -> number * number).stream()
            .map(outcome -> outcome.orThrow())
            .toList();
    System.out.println(squares);
    // @end
  }
}
