package dev.kith.bench.catalogue;

import java.util.Optional;
import java.util.OptionalDouble;

/// What Kith wants to reach.
public sealed interface Aim {

  /// So many times as good as the best Pekko figure of the same run.
  ///
  /// @param times how many
  record TimesPekko(double times) implements Aim {
    @Override
    public Verdict judge(double kith, OptionalDouble ratio) {
      return ratio.isEmpty() ? Verdict.OPEN : Verdict.of(ratio.getAsDouble() >= times);
    }

    @Override
    public String toString() {
      return "at least %s × the best of Pekko".formatted(brief(times));
    }
  }

  /// So many times as good as somebody else in the same run.
  ///
  /// @param other who
  /// @param times how many
  record Times(Contestant other, double times) implements Aim {
    @Override
    public Optional<Contestant> rival() {
      return Optional.of(other);
    }

    @Override
    public Verdict judge(double kith, OptionalDouble ratio) {
      return ratio.isEmpty() ? Verdict.OPEN : Verdict.of(ratio.getAsDouble() >= times);
    }

    @Override
    public String toString() {
      return "at least %s × %s".formatted(brief(times), other);
    }
  }

  /// No more than so many times as good as somebody else, for whom this is the aim.
  ///
  /// @param other who
  /// @param times how many
  record NoMoreThan(Contestant other, double times) implements Aim {
    @Override
    public Optional<Contestant> rival() {
      return Optional.of(other);
    }

    @Override
    public Verdict judge(double kith, OptionalDouble ratio) {
      return ratio.isEmpty() ? Verdict.OPEN : Verdict.of(ratio.getAsDouble() <= times);
    }

    @Override
    public String toString() {
      return "no more than %s × %s".formatted(brief(times), other);
    }
  }

  /// A figure that is not to be fallen short of.
  ///
  /// @param value the figure
  record AtLeast(double value) implements Aim {
    @Override
    public Verdict judge(double kith, OptionalDouble ratio) {
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
    public Verdict judge(double kith, OptionalDouble ratio) {
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
    public Verdict judge(double kith, OptionalDouble ratio) {
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

  /// Who Kith is compared with; empty if that is the best of Pekko, or nobody.
  default Optional<Contestant> rival() {
    return Optional.empty();
  }

  /// Whether it is met by Kith's figure, which is so many times as good as the rival's.
  Verdict judge(double kith, OptionalDouble ratio);

  private static String brief(double value) {
    return value == Math.rint(value) ? "%,d".formatted((long) value) : String.valueOf(value);
  }
}
