package dev.kith.net;

import java.time.Duration;

/// The checks that the settings share.
final class Limits {
  private Limits() {}

  static void checkPositive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " is " + value + ", expected more than 0");
    }
  }

  static void checkPositive(String what, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(what + " is " + value + ", expected more than 0");
    }
  }

  static void checkAtLeast(String what, long value, String other, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected at least " + other + ", " + least);
    }
  }
}
