package dev.kith.process;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What ties a new process to who starts it, from its first moment.
record Ties(
    @Nullable LocalProcess<?> linkedWith,
    @Nullable LocalProcess<?> monitoredBy,
    @Nullable Function<? super Down, ?> as,
    @Nullable Ask<?> starter) {
  private static final Ties NONE = new Ties(null, null, null, null);

  static Ties none() {
    return NONE;
  }

  static Ties linked(LocalProcess<?> parent) {
    return new Ties(parent, null, null, null);
  }

  static Ties monitored(LocalProcess<?> parent, Function<? super Down, ?> as) {
    return new Ties(null, parent, as, null);
  }

  /// Who wants to hear when it is up.
  Ties withStarter(Ask<?> asker) {
    return new Ties(linkedWith, monitoredBy, as, asker);
  }

  /// The new process's side: before anybody else can know it.
  void tieChild(LocalProcess<?> child) {
    if (linkedWith != null) {
      child.extras().links.add(new Link(child, linkedWith));
      child.extras().bornLinked = true;
    }
    if (monitoredBy != null && as != null) {
      child.watched(new Monitor(monitoredBy, child, child.pid(), as));
    }
    if (starter != null) {
      child.extras().starter = starting(starter);
    }
  }

  /// The side of who starts it, in its own turn: before it can hear of the child's end.
  void tieParent(LocalProcess<?> child) {
    if (linkedWith != null) {
      linkedWith.extras().links.add(new Link(linkedWith, child));
    }
  }

  @SuppressWarnings("unchecked") // a starter is answered with a start result
  private static Ask<StartResult<?>> starting(Ask<?> starter) {
    return (Ask<StartResult<?>>) starter;
  }
}
