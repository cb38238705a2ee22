package dev.kith.bench.kith;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Restarts;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.supervision.ChildSpec;
import dev.kith.supervision.RestartIntensity;
import dev.kith.supervision.Supervisor;
import dev.kith.supervision.SupervisorSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A supervisor that never gives up, and its permanent child.
final class KithRestarts extends OnNode implements Restarts {
  sealed interface Message {}

  record Begin(long crashes, CompletableFuture<Long> done) implements Message {}

  record Up(ProcessRef<Crash> child) implements Message {}

  enum Crash {
    CRASH
  }

  private static final RestartIntensity ANY =
      RestartIntensity.of(Integer.MAX_VALUE, Duration.ofMillis(1));

  private final ProcessRef<Message> driver = node.spawn(Message.class, Driver::new);

  KithRestarts() {
    ProcessSpec<Crash> child = ProcessSpec.server(Crash.class, () -> new Child(driver));
    SupervisorSpec supervisor = SupervisorSpec.oneForOne(ChildSpec.permanent("child", child));
    node.spawn(Supervisor.spec(supervisor.withIntensity(ANY)));
  }

  @Override
  public long crash(long times) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    driver.send(new Begin(times, done));
    return Patience.await(done);
  }

  /// Tells the child to crash, and each that comes after it.
  private static final class Driver implements Server<Message> {
    private Begin order = new Begin(0, new CompletableFuture<>());
    private @Nullable ProcessRef<Crash> child;
    private long restarted;

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Begin begin -> {
          order = begin;
          restarted = 0;
          crash();
        }
        case Up up -> {
          if (child != null && !child.pid().equals(up.child().pid())) {
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
    }

    private void crash() {
      if (child != null) {
        child.send(Crash.CRASH);
      }
    }
  }

  private record Child(ProcessRef<Message> driver) implements Server<Crash> {
    @Override
    public void started(Self<Crash> self) {
      driver.send(new Up(self.ref()));
    }

    @Override
    public void handle(Self<Crash> self, Crash crash) {
      throw new IllegalStateException("as told");
    }
  }
}
