package dev.kith.bench.catalogue;

import dev.kith.bench.fjp.PoolSubject;
import dev.kith.bench.kith.KithSubject;
import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.pekko.classic.ClassicSubject;
import dev.kith.bench.pekko.typed.TypedSubject;
import dev.kith.bench.threads.ThreadSubject;
import dev.kith.bench.workload.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Who takes part, in the order of the forks.
@SuppressWarnings("ImmutableEnumChecker") // nothing in it changes, but its types cannot say so
public enum Contestant {
  /// Kith.
  KITH("kith", asItComes(), _ -> new KithSubject()),

  /// Pekko's typed language.
  PEKKO_TYPED("pekko-typed", dispatchers(), setting -> new TypedSubject(Dispatcher.of(setting))),

  /// Pekko's classic language.
  PEKKO_CLASSIC(
      "pekko-classic", dispatchers(), setting -> new ClassicSubject(Dispatcher.of(setting))),

  /// A queue and a word on a `ForkJoinPool`.
  FJP("fjp", asItComes(), _ -> new PoolSubject()),

  /// A virtual thread and a queue.
  VIRTUAL_THREADS("virtual-threads", asItComes(), _ -> new ThreadSubject());

  private final String text;
  private final List<String> settings;
  private final Function<String, Subject> subject;

  Contestant(String text, List<String> settings, Function<String, Subject> subject) {
    this.text = text;
    this.settings = settings;
    this.subject = subject;
  }

  private static List<String> asItComes() {
    return List.of("as-it-comes");
  }

  private static List<String> dispatchers() {
    return Arrays.stream(Dispatcher.values()).map(Dispatcher::setting).toList();
  }

  /// The one with this name.
  public static Optional<Contestant> of(String text) {
    return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
  }

  /// The settings among which the best is looked for, those that win most often first.
  public List<String> settings() {
    return settings;
  }

  /// The subject with one of its settings.
  public Subject subject(String setting) {
    return subject.apply(setting);
  }

  /// Whether the aims compare Kith with it.
  public boolean isPekko() {
    return this == PEKKO_TYPED || this == PEKKO_CLASSIC;
  }

  @Override
  public String toString() {
    return text;
  }
}
