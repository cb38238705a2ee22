package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// A signal that acts on the receiver instead of becoming one of its messages.
abstract non-sealed class Control extends Signal {

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {}

  /// Marks a mailbox's state where a list would be: never pushed, never fetched.
  static final class Marker extends Control {
    private final String name;

    Marker(String name) {
      this.name = name;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      throw new IllegalStateException("the marker " + name + " was fetched");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// Somebody asks the receiver to exit.
  static final class ExitRequest extends Control {
    private final Pid from;
    private final ExitReason reason;

    ExitRequest(Pid from, ExitReason reason) {
      this.from = from;
      this.reason = reason;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      return ExitRules.requested(receiver, from, reason);
    }
  }

  /// The mailbox overflowed and its limit says that the process ends.
  static final class Overflowed extends Control {
    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.die(ExitReason.overloaded());
      return null;
    }
  }

  /// The earliest of the receiver's timers is due.
  static final class Tick extends Control {
    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      receiver.timersDue();
      return null;
    }
  }

  /// A piece of runtime work that must happen in the receiver: a link asked for by a third party.
  static final class Errand extends Control {
    private final Work work;

    Errand(Work work) {
      this.work = work;
    }

    @Override
    @Nullable Mail arrive(LocalProcess<?> receiver) {
      if (receiver.isEnding()) {
        work.refused(receiver.exitReason());
      } else {
        work.run(receiver);
      }
      return null;
    }

    @Override
    void refuse(LocalProcess<?> receiver, ExitReason reason) {
      work.refused(reason);
    }

    /// What an errand does.
    interface Work {
      void run(LocalProcess<?> receiver);

      default void refused(ExitReason reason) {}
    }
  }
}
