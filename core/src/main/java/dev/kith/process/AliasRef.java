package dev.kith.process;

import dev.kith.observe.DropReason;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one adapter from somebody else's messages to the owner's.
final class AliasRef<E> implements Alias<E>, Via {
  final LocalProcess<?> owner;
  private final Class<E> protocol;
  private final Function<? super E, ?> as;

  /// Belongs to the owner; a node that lends the alias looks too.
  private volatile boolean active = true;

  /// By which other nodes know it; 0 until one does. Guarded by this object's lock.
  private long number;

  AliasRef(LocalProcess<?> owner, Class<E> protocol, Function<? super E, ?> as) {
    this.owner = owner;
    this.protocol = Objects.requireNonNull(protocol);
    this.as = Objects.requireNonNull(as);
  }

  @Override
  public Pid pid() {
    return owner.pid();
  }

  @Override
  public void send(E message) {
    LocalProcess<?> sender = Running.process();
    TraceContext trace = sender == null ? null : sender.trace;
    LocalProcess.send(owner, new Aliased(this, Objects.requireNonNull(message), trace));
  }

  Class<E> protocol() {
    return protocol;
  }

  /// By which other nodes know it; 0 if none does.
  synchronized long number() {
    return number;
  }

  /// Gives it a number, unless it has one; the one it has.
  synchronized long number(long fresh) {
    if (number == 0) {
      number = fresh;
    }
    return number;
  }

  /// Sends in nobody's name: for the runtime's own words.
  void deliver(Object message) {
    owner.deliver(new Aliased(this, message, null));
  }

  @Override
  public boolean cancel() {
    boolean outer = owner.enterSelf();
    boolean inTime = active;
    active = false;
    if (number() != 0) {
      owner.node.abroad.forget(this);
    }
    owner.leave(outer);
    return inTime;
  }

  /// Whether it was cancelled. Only for the owner.
  boolean isCancelled() {
    return !active;
  }

  /// The owner's message for this one.
  Object open(Object message) {
    return as.apply(protocol.cast(message));
  }

  /// A message through an alias.
  private static final class Aliased extends Message {
    private final AliasRef<?> alias;
    private final @Nullable TraceContext trace;

    Aliased(AliasRef<?> alias, Object value, @Nullable TraceContext trace) {
      super(value);
      this.alias = alias;
      this.trace = trace;
    }

    @Override
    boolean isForRuntime() {
      return alias.isCancelled();
    }

    @Override
    void runFor(LocalProcess<?> receiver) {
      receiver.node.drops().count(DropReason.INACTIVE_ALIAS);
    }

    @Override
    Object open() {
      return alias.open(value);
    }

    @Override
    @Nullable TraceContext trace() {
      return trace;
    }
  }
}
