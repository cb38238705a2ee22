package dev.kith.bench.pekko;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Arrays;

/// The settings of Pekko's dispatcher that are tried; the one that is fastest in a benchmark counts
/// there.
public enum Dispatcher {
  /// A fork-join pool with a thread for each processor, and a hundred messages a turn.
  FORK_JOIN_100("fork-join-100", forkJoin("FIFO", processors()), 100),

  /// The same with one thread: with little to do at once, nobody has to be woken.
  ONE_THREAD_100("one-thread-100", forkJoin("FIFO", 1), 100),

  /// The same as the first with Pekko's own default of five messages a turn.
  FORK_JOIN_5("fork-join-5", forkJoin("FIFO", processors()), 5),

  /// The same as the first, and the youngest task first.
  LIFO_100("lifo-100", forkJoin("LIFO", processors()), 100),

  /// Pekko's affinity pool, in which a process stays with its thread.
  AFFINITY_100("affinity-100", affinity(), 100);

  /// Where processes belong that spin or block, according to Pekko's manual.
  public static final String FOR_BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  private static final String QUIET =
      """
      pekko {
        loglevel = OFF
        stdout-loglevel = OFF
        log-dead-letters = off
        log-dead-letters-during-shutdown = off
        jvm-shutdown-hooks = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        actor.default-mailbox.mailbox-type = "org.apache.pekko.dispatch.SingleConsumerOnlyUnboundedMailbox"
      }
      """;

  private final String setting;
  private final String executor;
  private final int throughput;

  Dispatcher(String setting, String executor, int throughput) {
    this.setting = setting;
    this.executor = executor;
    this.throughput = throughput;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String forkJoin(String mode, int threads) {
    return """
    executor = fork-join-executor
    fork-join-executor {
      parallelism-min = %1$d
      parallelism-factor = 1.0
      parallelism-max = %1$d
      task-peeking-mode = %2$s
    }
    """
        .formatted(threads, mode);
  }

  private static String affinity() {
    return """
    executor = affinity-pool-executor
    affinity-pool-executor {
      parallelism-min = %1$d
      parallelism-factor = 1.0
      parallelism-max = %1$d
      task-queue-size = 1048576
    }
    """
        .formatted(processors());
  }

  /// The one with this name.
  public static Dispatcher of(String setting) {
    return Arrays.stream(values())
        .filter(one -> one.setting.equals(setting))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no dispatcher " + setting));
  }

  /// Its name.
  public String setting() {
    return setting;
  }

  /// An actor system's configuration: this dispatcher, the mailbox with one consumer, which Pekko's
  /// typed side has by default, and no log.
  public Config config() {
    return ConfigFactory.parseString(
            "pekko.actor.default-dispatcher {\n%s\nthroughput = %d\n}\n%s"
                .formatted(executor, throughput, QUIET))
        .withFallback(ConfigFactory.load());
  }
}
