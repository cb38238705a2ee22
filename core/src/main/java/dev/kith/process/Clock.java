package dev.kith.process;

/// Time, as the runtime sees it.
///
/// **Threading.** Any thread may ask.
public interface Clock {

  /// Monotonic nanoseconds from an arbitrary origin; never goes back.
  long nanos();

  /// Milliseconds since 1970, for people; may jump.
  long wallMillis();

  /// Runs a task once, not before `atNanos` on [#nanos()], with a resolution of a millisecond. The
  /// task must not block.
  Alarm schedule(long atNanos, Runnable task);

  /// Something that will ring once.
  @FunctionalInterface
  interface Alarm {
    /// Takes it back; does nothing if it has rung.
    void cancel();
  }
}
