package dev.kith.bench.report;

import dev.kith.bench.catalogue.Metric;
import dev.kith.bench.measure.Result;
import dev.kith.bench.measure.Spread;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Results for programs: one object a line, for each metric of each subject that was measured.
public final class Json {
  private static final MathContext DIGITS = new MathContext(6);

  private Json() {}

  /// The lines.
  public static List<String> lines(List<Result> results) {
    List<String> lines = new ArrayList<>();
    for (Result result : results) {
      if (result.outcome() instanceof Result.Measured measured) {
        List<Metric> metrics = result.benchmark().metrics();
        for (int i = 0; i < metrics.size(); i++) {
          lines.add(line(result, metrics.get(i), measured.spreads().get(i)));
        }
      }
    }
    return lines;
  }

  private static String line(Result result, Metric metric, Spread spread) {
    return "{\"benchmark\":%s,\"subject\":%s,\"metric\":%s,\"value\":%s,\"unit\":%s,"
            .formatted(
                text(result.benchmark()),
                text(result.contestant()),
                text(metric.name()),
                number(spread.median()),
                text(metric.unit()))
        + "\"better\":%s,\"min\":%s,\"max\":%s,\"rounds\":%d}"
            .formatted(
                text(metric.better().word()),
                number(spread.min()),
                number(spread.max()),
                spread.rounds());
  }

  /// Of names that need no escapes: the catalogue's own.
  private static String text(Object name) {
    return '"' + name.toString() + '"';
  }

  private static String number(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
