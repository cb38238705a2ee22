package dev.kith.cluster.registrar;

import dev.kith.cluster.registrar.Registry.Applied;
import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.process.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An engine in the memory of one JVM, for a node alone or for several nodes of that JVM.
///
/// **Threading.** Any thread; everything is told on the clock's.
public final class LocalRegistry {
  private final Clock clock;
  private final SessionTiming timing;
  private final Keeper keeper;

  /// What is to be applied. Guarded by itself; nothing else is called under that lock.
  private final Queue<Order> orders = new ArrayDeque<>();

  /// Guarded by this object's lock, like the followers.
  private final Registry registry = new Registry();

  private final Map<Log, Consumer<? super Change>> followers = new LinkedHashMap<>();

  /// Whether it is to look after the members in a while. Guarded by this object's lock.
  private boolean looks;

  /// A command, and who waits for what comes of it.
  private record Order(Command command, Consumer<? super Attempt<?>> then) {}

  /// An engine that nobody uses.
  public LocalRegistry(Clock clock, SessionTiming timing) {
    this.clock = clock;
    this.timing = timing;
    this.keeper = new Keeper(timing);
  }

  /// The registrar of one node.
  public Registrar registrar() {
    return new ReplicatedRegistrar(clock, new Log(), timing);
  }

  private void submit(Command command, Consumer<? super Attempt<?>> then) {
    synchronized (orders) {
      orders.add(new Order(command, then));
    }
    var _ = clock.schedule(clock.nanos(), this::run);
  }

  private synchronized void run() {
    for (Order next = next(); next != null; next = next()) {
      Applied applied = registry.apply(next.command);
      for (Change change : applied.changes()) {
        followers.values().forEach(each -> each.accept(change));
      }
      next.then.accept(applied.result());
    }
  }

  private @Nullable Order next() {
    synchronized (orders) {
      return orders.poll();
    }
  }

  /// Looks after the members as long as there are some.
  private synchronized void look() {
    looks = false;
    keeper.look(registry, clock.nanos(), expire -> submit(expire, _ -> {}));
    lookLater();
  }

  private void lookLater() {
    if (looks || followers.isEmpty()) {
      return;
    }
    looks = true;
    var _ = clock.schedule(clock.nanos() + timing.timeout().toNanos() / 4, this::look);
  }

  /// One node's.
  private final class Log implements RegistryLog {
    @Override
    public void submit(Command command, Duration within, Consumer<? super Attempt<?>> then) {
      LocalRegistry.this.submit(command, then);
    }

    @Override
    public void follow(Consumer<? super Change> each) {
      synchronized (LocalRegistry.this) {
        registry.replay(each);
        followers.put(this, each);
        lookLater();
      }
    }

    @Override
    public String holdup() {
      return "this JVM";
    }

    @Override
    public void close() {
      synchronized (LocalRegistry.this) {
        followers.remove(this);
      }
    }
  }
}
