package dev.kith.process;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/// The machine's randomness.
final class RealEntropy implements Entropy {
  private static final SecureRandom SECURE = new SecureRandom();

  @Override
  public long bits() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  public long secretBits() {
    return SECURE.nextLong();
  }
}
