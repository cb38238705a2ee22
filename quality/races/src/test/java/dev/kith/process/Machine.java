package dev.kith.process;

import java.util.SplittableRandom;

/// Run queues of their own, so that a test knows all that happens on them.
final class Machine {
  final RealClock clock = new RealClock();
  final RunQueues queues;
  private final SplittableRandom chance = Stress.random();
  private final int processors;
  private int nodes;

  Machine(int processors) {
    this.processors = processors;
    queues = new RunQueues(clock, processors);
  }

  /// A node on these queues.
  Node start() {
    Environment own = new Environment(clock, chance::nextLong, queues);
    return Node.start(
        NodeSpec.of(new NodeName("machine" + nodes++ + "@test"))
            .withEnvironment(own)
            .withCrashReports(NodeSpec.CrashReports.SILENT));
  }

  /// Waits until nothing is left to do: who sleeps is counted as asleep, nobody as searching, and
  /// one worker a processor as active.
  void awaitRest() {
    Stress.await(() -> "rest: " + queues.census(), this::rests);
  }

  private boolean rests() {
    RunQueues.Census now = queues.census();
    return now.active() == processors
        && now.parked() >= processors
        && now.idle() == now.parked()
        && now.searching() == 0;
  }
}
