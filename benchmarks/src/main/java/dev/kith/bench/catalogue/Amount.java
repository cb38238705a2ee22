package dev.kith.bench.catalogue;

/// How much work a round is.
public sealed interface Amount {

  /// As much as fills the time of a round: the subject's speed decides.
  record Adapted() implements Amount {}

  /// The same for everybody, because the benchmark is about that many.
  ///
  /// @param work how much
  record Fixed(long work) implements Amount {}

  /// See [Adapted].
  static Amount adapted() {
    return new Adapted();
  }

  /// See [Fixed].
  static Amount fixed(long work) {
    return new Fixed(work);
  }
}
