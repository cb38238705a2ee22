package dev.kith.process;

/// Randomness, as the runtime sees it.
///
/// **Threading.** Any thread may ask.
@FunctionalInterface
public interface Entropy {

  /// 64 random bits.
  long bits();

  /// 64 random bits that nobody can guess who has seen all others: for what keeps strangers out.
  default long secretBits() {
    return bits();
  }

  /// A number from 0 to `bound - 1`, each as likely as the other.
  default int below(int bound) {
    return (int) Long.remainderUnsigned(bits(), bound);
  }
}
