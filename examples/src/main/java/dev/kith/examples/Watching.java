package dev.kith.examples;

import dev.kith.process.Down;
import dev.kith.process.Exit;
import dev.kith.process.ExitReason;
import dev.kith.process.Inbox;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import java.time.Duration;

/// One process hears of another's end in the three ways there are.
public final class Watching {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Watching() {}

  // @start region=news
  sealed interface News {
    record Ended(Down down) implements News {}

    record Lost(Exit exit) implements News {}
  }

  // @end

  private static ProcessSpec<String> worker() {
    return ProcessSpec.server(
        String.class,
        () ->
            (self, message) -> {
              throw new IllegalStateException(message);
            });
  }

  /// Runs it.
  public static void main(String[] arguments) {
    NodeSpec spec =
        NodeSpec.of(NodeName.of("watch")).withCrashReports(NodeSpec.CrashReports.SILENT);
    try (Node node = Node.start(spec)) {
      node.awaitExit(node.spawn(News.class, Watching::watch), SECOND);
      node.awaitExit(node.spawn(News.class, Watching::watchOneThatIsLinked), SECOND);
    }
  }

  private static void watch(Self<News> self, Inbox<News> inbox) {
    // @start region=monitor
    ProcessRef<String> worker = self.spawn(worker());
    self.monitor(worker, News.Ended::new);
    worker.send("broken");
    var ended = inbox.receive(News.Ended.class);
    System.out.println("monitor: " + brief(ended.down().reason()));
    // @end

    // @start region=trap
    self.trapExits(News.Lost::new);
    self.spawnLinked(worker()).send("broken too");
    var lost = inbox.receive(News.Lost.class);
    System.out.println("trapped: " + brief(lost.exit().reason()));
    // @end
  }

  private static void watchOneThatIsLinked(Self<News> self, Inbox<News> inbox) {
    self.spawnMonitored(ProcessSpec.body(News.class, Watching::isLinked), News.Ended::new);
    var ended = inbox.receive(News.Ended.class);
    System.out.println("linked: " + brief(ended.down().reason()));
  }

  private static void isLinked(Self<News> self, Inbox<News> inbox) {
    // @start region=link
    self.spawnLinked(worker()).send("and me with it");
    inbox.receive(); // never comes: this process ends with the other
    // @end
  }

  private static String brief(ExitReason reason) {
    return reason instanceof ExitReason.Crashed(Throwable cause)
        ? String.valueOf(cause.getMessage())
        : reason.toString();
  }
}
