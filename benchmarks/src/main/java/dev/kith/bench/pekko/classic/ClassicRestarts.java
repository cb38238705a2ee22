package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Restarts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.OneForOneStrategy;
import org.apache.pekko.actor.SupervisorStrategy;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.UntypedAbstractActor;
import org.jspecify.annotations.Nullable;

/// One that stops a child that fails, watches it, and starts another one. (Pekko's own `restart`
/// would clean up the same one.)
final class ClassicRestarts extends OnClassic implements Restarts {
  record Begin(long crashes, CompletableFuture<Long> done) {}

  enum Up {
    UP
  }

  enum Crash {
    CRASH
  }

  private final ActorRef driver;

  ClassicRestarts(Dispatcher dispatcher) {
    super(dispatcher);
    driver = spawn(Driver.class, Driver::new);
    spawn(Parent.class, () -> new Parent(driver));
  }

  @Override
  public long crash(long times) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    tell(driver, new Begin(times, done));
    return Patience.await(done);
  }

  private static final class Parent extends UntypedAbstractActor {
    private static final SupervisorStrategy STOP =
        new OneForOneStrategy(-1, Duration.ZERO, _ -> SupervisorStrategy.stop(), false);

    private final ActorRef driver;

    Parent(ActorRef driver) {
      this.driver = driver;
    }

    @Override
    public SupervisorStrategy supervisorStrategy() {
      return STOP;
    }

    @Override
    public void preStart() {
      startChild();
    }

    @Override
    public void onReceive(Object message) {
      if (message instanceof Terminated) {
        startChild();
      }
    }

    private void startChild() {
      getContext()
          .watch(getContext().actorOf(props(Child.class, () -> new Child(driver)), "child"));
    }
  }

  private static final class Child extends UntypedAbstractActor {
    private final ActorRef driver;

    Child(ActorRef driver) {
      this.driver = driver;
    }

    @Override
    public void preStart() {
      driver.tell(Up.UP, getSelf());
    }

    @Override
    public void onReceive(Object message) {
      throw new IllegalStateException("as told");
    }
  }

  /// Tells the child to crash, and each that comes after it.
  private static final class Driver extends UntypedAbstractActor {
    private Begin order = new Begin(0, new CompletableFuture<>());
    private @Nullable ActorRef child;
    private long restarted;

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Begin begin -> {
          order = begin;
          restarted = 0;
          crash();
        }
        case Up _ -> {
          if (child != null && !child.equals(getSender())) {
            restarted++;
          }
          child = getSender();
          if (restarted == order.crashes()) {
            order.done().complete(restarted);
          } else {
            crash();
          }
        }
        default -> unhandled(message);
      }
    }

    private void crash() {
      if (child != null) {
        child.tell(Crash.CRASH, getSelf());
      }
    }
  }
}
