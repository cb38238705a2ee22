package dev.kith.bench.catalogue;

import java.util.OptionalDouble;

/// What Kith wants to reach in a benchmark's first metric.
public sealed interface Aim {

  /// So many times as good as the best Pekko figure of the same run.
  ///
  /// @param times how many
  record TimesPekko(double times) implements Aim {
    @Override
    public Verdict judge(double kith, OptionalDouble ratioToPekko) {
      return ratioToPekko.isEmpty()
          ? Verdict.OPEN
          : Verdict.of(ratioToPekko.getAsDouble() >= times);
    }

    @Override
    public String toString() {
      return "at least %s × the best of Pekko".formatted(brief(times));
    }
  }

  /// A figure that is not to be fallen short of.
  ///
  /// @param value the figure
  record AtLeast(double value) implements Aim {
    @Override
    public Verdict judge(double kith, OptionalDouble ratioToPekko) {
      return Verdict.of(kith >= value);
    }

    @Override
    public String toString() {
      return "at least " + brief(value);
    }
  }

  /// A figure that is not to be exceeded.
  ///
  /// @param value the figure
  record AtMost(double value) implements Aim {
    @Override
    public Verdict judge(double kith, OptionalDouble ratioToPekko) {
      return Verdict.of(kith <= value);
    }

    @Override
    public String toString() {
      return "at most " + brief(value);
    }
  }

  /// To be looked at.
  record Seen() implements Aim {
    @Override
    public Verdict judge(double kith, OptionalDouble ratioToPekko) {
      return Verdict.OPEN;
    }

    @Override
    public String toString() {
      return "to be seen";
    }
  }

  /// Whether an aim is met.
  enum Verdict {
    /// It is.
    MET,

    /// It is not.
    MISSED,

    /// There is nothing to compare with.
    OPEN;

    static Verdict of(boolean met) {
      return met ? MET : MISSED;
    }
  }

  /// Whether it is met by Kith's figure, which is so many times as good as the best of Pekko.
  Verdict judge(double kith, OptionalDouble ratioToPekko);

  private static String brief(double value) {
    return value == Math.rint(value) ? "%,d".formatted((long) value) : String.valueOf(value);
  }
}
