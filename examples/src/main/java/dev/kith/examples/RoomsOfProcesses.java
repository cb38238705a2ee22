package dev.kith.examples;

import dev.kith.group.Group;
import dev.kith.group.Membership;
import dev.kith.group.Pick;
import dev.kith.group.Scope;
import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A room of processes: they join, hear what is broadcast, are picked for work, and somebody
/// watches who comes and goes.
public final class RoomsOfProcesses {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private RoomsOfProcesses() {}

  // @start region=watcher
  /// Counts who is in the room, from a snapshot and every change after it.
  record Watcher(Scope scope, Group<String> room, AtomicInteger present, CountDownLatch left)
      implements Server<Membership> {
    @Override
    public void started(Self<Membership> self) {
      present.set(scope.watch(self, room, change -> change).members().size());
    }

    @Override
    public void handle(Self<Membership> self, Membership change) {
      switch (change) {
        case Membership.Joined _ -> present.incrementAndGet();
        case Membership.Left _ -> {
          present.decrementAndGet();
          left.countDown();
        }
      }
    }
  }

  // @end

  /// Runs it.
  public static void main(String[] arguments) throws InterruptedException {
    try (Node node = Node.start(NodeName.of("rooms"))) {
      // @start region=room
      Scope scope = Scope.on(node);
      Group<String> room = Group.of("lobby", String.class);
      CountDownLatch heard = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        ProcessRef<String> guest =
            node.spawn(String.class, () -> (self, message) -> heard.countDown());
        scope.join(room, guest);
      }
      int receivers = scope.broadcast(room, "hello");
      // @end
      heard.await();
      System.out.println(receivers + " heard it");

      AtomicInteger present = new AtomicInteger();
      CountDownLatch left = new CountDownLatch(1);
      node.start(
          ProcessSpec.server(Membership.class, () -> new Watcher(scope, room, present, left)),
          SECOND);
      node.exit(scope.pick(room, Pick.ROUND_ROBIN).orElseThrow(), ExitReason.kill());
      left.await();
      System.out.println(present.get() + " are left");
    }
  }
}
