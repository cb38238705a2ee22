package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// Which process runs on a thread.
final class Running {
  /// For threads that are no worker: those of bodies, of blocking servers and of the simulated
  /// world.
  private static final ThreadLocal<@Nullable LocalProcess<?>> OTHERS = new ThreadLocal<>();

  private Running() {}

  /// The process whose turn runs on the calling thread; null on a thread outside.
  static @Nullable LocalProcess<?> process() {
    return Thread.currentThread() instanceof Worker worker ? worker.current : OTHERS.get();
  }

  /// Fails if the process that runs on the calling thread must not go on: for what any thread may
  /// do, but a killed process may not (JVM-3).
  static void checkMayGoOn() {
    LocalProcess<?> process = process();
    if (process != null) {
      process.leave(process.enter());
    }
  }

  static void begin(Thread thread, LocalProcess<?> process) {
    if (thread instanceof Worker worker) {
      worker.current = process;
    } else {
      OTHERS.set(process);
    }
  }

  static void end(Thread thread) {
    if (thread instanceof Worker worker) {
      worker.current = null;
    } else {
      OTHERS.remove();
    }
  }
}
