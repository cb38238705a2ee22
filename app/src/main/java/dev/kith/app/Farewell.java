package dev.kith.app;

/// Ends the program in good order when it is told to (SIGTERM, Ctrl-C), with exit code 0.
final class Farewell {
  /// After so long the program ends whatever is still going on.
  private static final long LIMIT_MILLIS = 4_500;

  private Farewell() {}

  /// What is done at the end.
  @FunctionalInterface
  interface Ending {
    void run() throws InterruptedException;
  }

  /// Has this done when the JVM is told to end. The JVM by itself would then end with 143 or 130,
  /// which a process manager takes for a failure; `halt` from within its shutdown hook ends it with
  /// 0.
  static void onEnd(Ending ending) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending), "kith-farewell"));
  }

  private static void end(Ending ending) {
    Thread work = new Thread(() -> runQuietly(ending), "kith-ending");
    work.setDaemon(true);
    work.start();
    try {
      work.join(LIMIT_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void runQuietly(Ending ending) {
    try {
      ending.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
