package dev.kith.app;

/// Ends the program in good order: with exit code 0 when it is told to (SIGTERM, Ctrl-C), and with
/// its own when it ends by itself.
final class Farewell {
  /// After so long the program ends whatever is still going on.
  private static final long LIMIT_MILLIS = 4_500;

  /// What the program ends with when it ends by itself. Written before the end begins.
  private static volatile int code;

  private Farewell() {}

  /// What is done at the end.
  @FunctionalInterface
  interface Ending {
    void run() throws InterruptedException;
  }

  /// Has this done when the JVM ends. Told to by a signal, it would end with 143 or 130, which a
  /// process manager takes for a failure; `halt` from within its shutdown hook ends it with 0.
  static void onEnd(Ending ending) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending), "kith-farewell"));
  }

  /// Ends the program by itself, with this code.
  static void end(int with) {
    code = with;
    System.exit(with);
  }

  /// A signal may be what makes the program end by itself too: what counts is which was first.
  private static void end(Ending ending) {
    int with = code;
    Thread work = new Thread(() -> runQuietly(ending), "kith-ending");
    work.setDaemon(true);
    work.start();
    try {
      work.join(LIMIT_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(with);
  }

  private static void runQuietly(Ending ending) {
    try {
      ending.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
