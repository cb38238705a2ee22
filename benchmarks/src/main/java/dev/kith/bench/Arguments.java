package dev.kith.bench;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.measure.Effort;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the command was asked for.
///
/// @param format how results are printed
/// @param effort how much time is taken
/// @param benchmarks which, in the catalogue's order
/// @param contestants which, in the catalogue's order
record Arguments(
    Format format, Effort effort, List<Benchmark> benchmarks, List<Contestant> contestants) {

  /// How results are printed.
  enum Format {
    TABLE,
    JSON
  }

  /// The command was not understood.
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String why) {
      super(why);
    }
  }

  static final String USAGE =
      """
      usage: ./kith bench core [--json] [--quick] [--only NAME,...] [--subject NAME,...]

        --json     one object a line instead of tables
        --quick    in less than eight minutes instead of about half an hour
        --only     these benchmarks: %s
        --subject  these subjects: %s
      """
          .formatted(names(Benchmark.values()), names(Contestant.values()));

  /// Reads a command line.
  ///
  /// @throws Wrong with one line that says what is wrong
  static Arguments of(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("core")) {
      throw new Wrong("there is one suite: ./kith bench core");
    }
    Format format = Format.TABLE;
    Effort effort = Effort.full();
    List<Benchmark> benchmarks = List.of(Benchmark.values());
    List<Contestant> contestants = List.of(Contestant.values());
    Iterator<String> rest = words.listIterator(1);
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--json" -> format = Format.JSON;
        case "--quick" -> effort = Effort.quick();
        case "--only" -> benchmarks = some(Benchmark.values(), value(option, rest), Benchmark::of);
        case "--subject" ->
            contestants = some(Contestant.values(), value(option, rest), Contestant::of);
        default -> throw new Wrong("what is " + option + "?");
      }
    }
    return new Arguments(format, effort, benchmarks, contestants);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new Wrong(option + " needs names");
    }
    return rest.next();
  }

  /// Those with these names, in the catalogue's order.
  private static <T> List<T> some(T[] all, String names, Function<String, Optional<T>> of) {
    List<T> wanted =
        Arrays.stream(names.split(","))
            .map(name -> of.apply(name).orElseThrow(() -> unknown(name, all)))
            .toList();
    return Arrays.stream(all).filter(wanted::contains).toList();
  }

  private static Wrong unknown(String name, Object[] all) {
    return new Wrong("there is no " + name + " among " + names(all));
  }

  private static String names(Object[] all) {
    return String.join(", ", Arrays.stream(all).map(Object::toString).toList());
  }
}
