package dev.kith.net;

import java.util.Random;

/// Chance for tests: the same seed, the same choices.
final class Seeded {
  private Seeded() {}

  static Random by(long seed) {
    return new Random(seed);
  }
}
