package dev.kith.supervision;

import java.time.Duration;

/// How a supervisor stops a child (SUP-8).
public sealed interface Shutdown {

  /// At once, without a chance to tidy up.
  record Kill() implements Shutdown {}

  /// By asking it to shut down, and killing it if it still lives after a time.
  ///
  /// @param time how long it may take
  record Within(Duration time) implements Shutdown {
    public Within {
      if (time.isNegative()) {
        throw new IllegalArgumentException("nothing ends within " + time);
      }
    }
  }

  /// By asking it to shut down, and waiting for as long as it takes. Right for supervisors, whose
  /// own children have their time; a worker that does not end would hold up everything.
  record Unhurried() implements Shutdown {}

  /// At once.
  static Shutdown kill() {
    return new Kill();
  }

  /// Within this time.
  static Shutdown within(Duration time) {
    return new Within(time);
  }

  /// For as long as it takes.
  static Shutdown unhurried() {
    return new Unhurried();
  }
}
