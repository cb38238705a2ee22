package dev.kith.process;

/// The reasons that carry nothing, made once, and reasons made where memory may have run out.
///
/// A class of its own, because an interface that creates its own subtypes can deadlock two threads
/// that load them.
final class ExitReasons {
  static final ExitReason NORMAL = new ExitReason.Normal();
  static final ExitReason SHUTDOWN = new ExitReason.Shutdown("");
  static final ExitReason KILL = new ExitReason.Kill();
  static final ExitReason KILLED = new ExitReason.Killed();
  static final ExitReason NO_PROCESS = new ExitReason.NoProcess();
  static final ExitReason NO_CONNECTION = new ExitReason.NoConnection();
  static final ExitReason TIMEOUT = new ExitReason.Timeout();
  static final ExitReason OVERLOADED = new ExitReason.Overloaded();

  private static final ExitReason OUT_OF_MEMORY =
      new ExitReason.Crashed(new OutOfMemoryError("and none left to say where"));

  private ExitReasons() {}

  /// The reason why something was not let in.
  static ExitReason wrongProtocol(Class<?> came, Pid receiver, Class<?> takes) {
    return new ExitReason.WrongProtocol(
        "%s came, and %s takes %s".formatted(came.getName(), receiver, takes.getName()));
  }

  /// The reason of a process whose code threw this.
  static ExitReason crashed(Throwable thrown) {
    try {
      return new ExitReason.Crashed(thrown);
    } catch (OutOfMemoryError _) {
      return OUT_OF_MEMORY;
    }
  }
}
