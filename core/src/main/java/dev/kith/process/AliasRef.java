package dev.kith.process;

import dev.kith.observe.DropReason;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one adapter from somebody else's messages to the owner's.
final class AliasRef<E> implements Alias<E> {
  final LocalProcess<?> owner;
  private final Class<E> protocol;
  private final Function<? super E, ?> as;

  /// Belongs to the owner.
  private boolean active = true;

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
    LocalProcess.send(owner, new Aliased(this, Objects.requireNonNull(message)));
  }

  /// Sends in nobody's name: for the runtime's own words.
  void deliver(Object message) {
    owner.deliver(new Aliased(this, message));
  }

  @Override
  public boolean cancel() {
    owner.checkSelf();
    boolean inTime = active;
    active = false;
    return inTime;
  }

  /// The owner's message for this one; null if the alias was cancelled.
  @Nullable Object open(Object message) {
    if (!active) {
      owner.node.drops().count(DropReason.INACTIVE_ALIAS);
      return null;
    }
    return as.apply(protocol.cast(message));
  }

  /// A message through an alias.
  private static final class Aliased extends Message {
    private final AliasRef<?> alias;

    Aliased(AliasRef<?> alias, Object value) {
      super(value);
      this.alias = alias;
    }

    @Override
    @Nullable Object open() {
      return alias.open(value);
    }
  }
}
