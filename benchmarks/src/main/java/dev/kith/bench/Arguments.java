package dev.kith.bench;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.catalogue.Suite;
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
             ./kith bench remote, as above

        --json     one object a line instead of tables
        --quick    in less than eight minutes instead of about half an hour
        --only     these benchmarks: of core %s; of remote %s
        --subject  these subjects: of core %s; of remote %s
      """
          .formatted(
              names(Suite.CORE.benchmarks()),
              names(Suite.REMOTE.benchmarks()),
              names(Suite.CORE.contestants()),
              names(Suite.REMOTE.contestants()));

  /// Reads a command line.
  ///
  /// @throws Wrong with one line that says what is wrong
  static Arguments of(List<String> words) {
    Suite suite =
        words.stream()
            .findFirst()
            .flatMap(Suite::of)
            .orElseThrow(() -> new Wrong("there are two suites: ./kith bench core and remote"));
    Format format = Format.TABLE;
    Effort effort = Effort.full();
    List<Benchmark> benchmarks = suite.benchmarks();
    List<Contestant> contestants = suite.contestants();
    Iterator<String> rest = words.listIterator(1);
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--json" -> format = Format.JSON;
        case "--quick" -> effort = Effort.quick();
        case "--only" -> benchmarks = some(suite.benchmarks(), value(option, rest), Benchmark::of);
        case "--subject" ->
            contestants = some(suite.contestants(), value(option, rest), Contestant::of);
        default -> throw new Wrong("what is " + option + "?");
      }
    }
    Effort enough = suite == Suite.REMOTE ? effort.withLongerWarmup() : effort;
    return new Arguments(format, enough, benchmarks, contestants);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new Wrong(option + " needs names");
    }
    return rest.next();
  }

  /// Those with these names, in the catalogue's order.
  private static <T> List<T> some(List<T> all, String names, Function<String, Optional<T>> of) {
    List<T> wanted =
        Arrays.stream(names.split(","))
            .map(name -> of.apply(name).filter(all::contains).orElseThrow(() -> unknown(name, all)))
            .toList();
    return all.stream().filter(wanted::contains).toList();
  }

  private static Wrong unknown(String name, List<?> all) {
    return new Wrong("there is no " + name + " among " + names(all));
  }

  private static String names(List<?> all) {
    return String.join(", ", all.stream().map(Object::toString).toList());
  }
}
