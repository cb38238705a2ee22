package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Restarts;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// A behavior that watches its child, and starts another one when it has failed. (Pekko's own
/// `restart` would clean up the same actor.)
final class TypedRestarts extends OnTyped implements Restarts {
  sealed interface Message {}

  record Begin(long crashes, CompletableFuture<Long> done) implements Message {}

  record Up(ActorRef<Crash> child) implements Message {}

  enum Crash {
    CRASH
  }

  private final ActorRef<Message> driver;

  TypedRestarts(Dispatcher dispatcher) throws Exception {
    super(dispatcher);
    driver = spawn(Driver.driving());
    spawn(supervisor(driver));
  }

  @Override
  public long crash(long times) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    driver.tell(new Begin(times, done));
    return Patience.await(done);
  }

  private static Behavior<Void> supervisor(ActorRef<Message> driver) {
    return Behaviors.setup(first -> {
      startChild(first, driver);
      return Behaviors.receive(
          (_, _) -> Behaviors.same(),
          (context, signal) -> {
            if (signal instanceof ChildFailed) {
              startChild(context, driver);
            }
            return Behaviors.same();
          });
    });
  }

  private static void startChild(ActorContext<Void> context, ActorRef<Message> driver) {
    context.watch(context.spawn(child(driver), "child"));
  }

  private static Behavior<Crash> child(ActorRef<Message> driver) {
    return Behaviors.setup(context -> {
      driver.tell(new Up(context.getSelf()));
      return Behaviors.receiveMessage(_ -> {
        throw new IllegalStateException("as told");
      });
    });
  }

  /// Tells the child to crash, and each that comes after it.
  private static final class Driver {
    private Begin order = new Begin(0, new CompletableFuture<>());
    private @Nullable ActorRef<Crash> child;
    private long restarted;

    static Behavior<Message> driving() {
      return Behaviors.setup(_ -> Behaviors.receiveMessage(new Driver()::handle));
    }

    private Behavior<Message> handle(Message message) {
      switch (message) {
        case Begin begin -> {
          order = begin;
          restarted = 0;
          crash();
        }
        case Up up -> {
          if (child != null && !child.equals(up.child())) {
            restarted++;
          }
          child = up.child();
          if (restarted == order.crashes()) {
            order.done().complete(restarted);
          } else {
            crash();
          }
        }
      }
      return Behaviors.same();
    }

    private void crash() {
      if (child != null) {
        child.tell(Crash.CRASH);
      }
    }
  }
}
