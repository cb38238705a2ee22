package dev.kith.bench.report;

import java.util.Locale;

/// Figures for people: three digits that count.
final class Numbers {
  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;

  private Numbers() {}

  static String brief(double value) {
    double size = Math.abs(value);
    if (size >= MILLION) {
      return digits(value / MILLION) + " M";
    }
    if (size >= 10 * THOUSAND) {
      return digits(value / THOUSAND) + " k";
    }
    return digits(value);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
