package dev.kith.examples;

import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;

/// One process that counts, and what happens when it is asked and when it crashes.
public final class Hello {
  private Hello() {}

  // @start region=counter
  static final class Counter implements Server<Counter.Message> {
    sealed interface Message {}

    record Add(int amount) implements Message, Request<Integer> {}

    record Reset() implements Message {}

    static final Name<Message> NAME = Name.of("counter", Message.class);

    private int total;

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Add(int amount) when amount < 0 -> throw new IllegalArgumentException("negative");
        case Add add -> self.reply(add, total += add.amount());
        case Reset() -> total = 0;
      }
    }
  }

  // @end

  /// Runs it.
  public static void main(String[] arguments) {
    // @start region=use
    try (Node node = Node.start(NodeName.of("hello"))) {
      var counter =
          node.spawn(ProcessSpec.server(Counter.Message.class, Counter::new).named(Counter.NAME));
      node.call(counter, new Counter.Add(40), Duration.ofSeconds(1));
      int total = node.call(Counter.NAME, new Counter.Add(2), Duration.ofSeconds(1));
      System.out.println("total " + total);
    }
    // @end
  }
}
