package dev.kith.cluster.registrar;

/// What became of something that a registrar was asked to do.
///
/// @param <T> what comes of it
public sealed interface Attempt<T> {
  /// It is done, and will be known to all members.
  ///
  /// @param value what came of it
  record Done<T>(T value) implements Attempt<T> {}

  /// It is not done, and cannot be as things are.
  ///
  /// @param why in words, and who is in the way
  record Refused<T>(String why) implements Attempt<T> {}

  /// Nobody could say in time: it may have been done, or be done yet.
  ///
  /// @param why in words, and what is being waited for
  record Unknown<T>(String why) implements Attempt<T> {}
}
