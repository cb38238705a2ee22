package dev.kith.examples;

import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.ProcessRef;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.supervision.ChildSpec;
import dev.kith.supervision.Supervisor;
import dev.kith.supervision.SupervisorSpec;
import java.time.Duration;

/// A supervisor with two children, one of which is killed and comes back under its name.
public final class Supervision {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Supervision() {}

  /// Says where it is: which process answers under the name.
  static final class Greeter implements Server<Greeter.Who> {
    record Who() implements Request<String> {}

    @Override
    public void handle(Self<Who> self, Who who) {
      self.reply(who, "I am " + self.pid());
    }
  }

  /// Runs it.
  public static void main(String[] arguments) {
    NodeSpec spec = NodeSpec.of(NodeName.of("tree")).withCrashReports(NodeSpec.CrashReports.SILENT);
    try (Node node = Node.start(spec)) {
      // @start region=oneForOne
      Name<Greeter.Who> left = Name.of("left", Greeter.Who.class);
      Name<Greeter.Who> right = Name.of("right", Greeter.Who.class);
      var tree =
          SupervisorSpec.oneForOne(
              ChildSpec.permanent(left, Greeter::new), ChildSpec.permanent(right, Greeter::new));
      node.start(Supervisor.spec(tree), SECOND);
      // @end

      String before = node.call(left, new Greeter.Who(), SECOND);
      ProcessRef<Greeter.Who> first = node.whereis(left).orElseThrow();
      node.exit(first, ExitReason.kill());
      node.awaitExit(first, SECOND);
      ProcessRef<Greeter.Who> second = node.await(left, SECOND).orElseThrow();
      String after = node.call(second, new Greeter.Who(), SECOND);

      System.out.println("a new process holds the name: " + !before.equals(after));
      System.out.println("and the other did not notice: " + node.whereis(right).isPresent());
    }
  }
}
