package dev.kith.bench.catalogue;

import dev.kith.bench.fjp.PoolSubject;
import dev.kith.bench.kith.KithSubject;
import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.pekko.classic.ClassicSubject;
import dev.kith.bench.pekko.typed.TypedSubject;
import dev.kith.bench.remote.RemoteSubject;
import dev.kith.bench.remote.artery.ArterySubject;
import dev.kith.bench.remote.kith.KithSubjects;
import dev.kith.bench.remote.netty.NettySubject;
import dev.kith.bench.threads.ThreadSubject;
import dev.kith.bench.workload.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who takes part, in the order of the forks.
@SuppressWarnings("ImmutableEnumChecker") // nothing in it changes, but its types cannot say so
public enum Contestant {
  /// Kith.
  KITH("kith", asItComes(), _ -> new KithSubject(), KithSubjects::plain),

  /// Pekko's typed language.
  PEKKO_TYPED(
      "pekko-typed", dispatchers(), setting -> new TypedSubject(Dispatcher.of(setting)), null),

  /// Pekko's classic language.
  PEKKO_CLASSIC(
      "pekko-classic", dispatchers(), setting -> new ClassicSubject(Dispatcher.of(setting)), null),

  /// A queue and a word on a `ForkJoinPool`.
  FJP("fjp", asItComes(), _ -> new PoolSubject(), null),

  /// A virtual thread and a queue.
  VIRTUAL_THREADS("virtual-threads", asItComes(), _ -> new ThreadSubject(), null),

  /// Kith over TLS.
  KITH_TLS("kith-tls", asItComes(), null, KithSubjects::tls),

  /// Pekko's Artery over TCP.
  PEKKO_ARTERY("pekko-artery", asItComes(), null, ArterySubject::new),

  /// Bare Netty.
  NETTY("netty", asItComes(), null, NettySubject::new);

  private final String text;
  private final List<String> settings;

  /// Null if it takes no part on one node.
  private final @Nullable Function<String, Subject> subject;

  /// Null if it takes no part between nodes.
  private final @Nullable Supplier<RemoteSubject> remote;

  Contestant(
      String text,
      List<String> settings,
      @Nullable Function<String, Subject> subject,
      @Nullable Supplier<RemoteSubject> remote) {
    this.text = text;
    this.settings = settings;
    this.subject = subject;
    this.remote = remote;
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

  /// Whether it takes part in a suite.
  public boolean isIn(Suite suite) {
    return switch (suite) {
      case CORE -> subject != null;
      case REMOTE -> remote != null;
    };
  }

  /// The subject with one of its settings, for one node.
  Subject subject(String setting) {
    return Objects.requireNonNull(subject, "it takes no part").apply(setting);
  }

  /// The subject for several nodes.
  RemoteSubject remote() {
    return Objects.requireNonNull(remote, "it takes no part").get();
  }

  /// Whether the aims compare Kith with it.
  public boolean isPekko() {
    return this == PEKKO_TYPED || this == PEKKO_CLASSIC || this == PEKKO_ARTERY;
  }

  @Override
  public String toString() {
    return text;
  }
}
