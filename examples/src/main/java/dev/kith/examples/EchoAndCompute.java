package dev.kith.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.Cluster;
import dev.kith.process.ExitException;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.wire.node.Types;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;

/// Nodes that do work for each other, each in a JVM of its own.
///
/// `EchoAndCompute NAME [HOST:PORT]` starts one, which joins another if it is told of one. At each
/// line of its input it asks all workers that it knows, on whatever node they are; it ends when its
/// input does.
public final class EchoAndCompute {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private EchoAndCompute() {}

  // @start region=worker
  static final class Worker implements Server<Worker.Job> {
    sealed interface Job {}

    record Echo(String text) implements Job, Request<String> {}

    record Compute(int one, int other) implements Job, Request<Integer> {}

    static final Name<Job> NAME = Name.of("worker", Job.class);

    @Override
    public void handle(Self<Job> self, Job job) {
      switch (job) {
        case Echo echo -> self.reply(echo, echo.text());
        case Compute sum -> self.reply(sum, sum.one() + sum.other());
      }
    }
  }

  // @end

  /// Runs one node.
  public static void main(String[] arguments) {
    // @start region=join
    Node node = Node.start(NodeName.of(arguments[0]));
    node.spawn(ProcessSpec.server(Worker.Job.class, Worker::new).named(Worker.NAME));
    Cluster cluster = Clusters.join(node, Types.of(Worker.Job.class), Clusters.others(arguments));
    // @end
    System.out.println(node + " is at " + cluster.address());
    new BufferedReader(new InputStreamReader(System.in, UTF_8))
        .lines()
        .forEach(_ -> askAll(node, cluster));
    cluster.close();
    System.exit(0);
  }

  private static void askAll(Node node, Cluster cluster) {
    // @start region=ask
    for (ProcessRef<Worker.Job> worker : cluster.book().locateAll(Worker.NAME)) {
      try {
        String heard = node.call(worker, new Worker.Echo("Hello from " + node), WITHIN);
        int sum = node.call(worker, new Worker.Compute(42, 58), WITHIN);
        System.out.println(worker.pid().node() + " answers: " + heard + ", 42 + 58 = " + sum);
      } catch (ExitException gone) {
        System.out.println(worker.pid().node() + " does not answer: " + gone.reason());
      }
    }
    // @end
  }
}
