package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitException;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The same on the scheduler and the clock that programs run on.
class SupervisionOnRealThreadsTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final RestartIntensity ANY = RestartIntensity.of(1_000_000, Duration.ofSeconds(1));
  private static final Name<Supervisor.Message> TOP = Name.of("top", Supervisor.Message.class);

  /// Ends when it is told to, however it is told.
  private static final class Child implements Server<Runnable> {
    @Override
    public void handle(Self<Runnable> self, Runnable order) {
      order.run();
    }
  }

  /// One above nine above two each.
  private static final long PROCESSES = 1 + 9 + 18;

  private static final ProcessSpec<Runnable> CHILD = ProcessSpec.server(Runnable.class, Child::new);

  private static void crash() {
    throw new IllegalStateException("crash");
  }

  /// A1: a child that crashes again and again comes back each time, without anybody polling.
  @Test
  void aCrashIsFollowedByARestartAThousandTimes() throws InterruptedException {
    SynchronousQueue<ProcessRef<Runnable>> up = new SynchronousQueue<>();
    Server<Runnable> announcing =
        new Server<>() {
          @Override
          public void started(Self<Runnable> self) throws InterruptedException {
            up.put(self.ref());
          }

          @Override
          public void handle(Self<Runnable> self, Runnable order) {
            order.run();
          }
        };
    try (Node node = quietNode()) {
      ProcessSpec<Runnable> child = ProcessSpec.server(Runnable.class, () -> announcing).blocking();
      node.spawn(
          Supervisor.spec(
              SupervisorSpec.oneForOne(ChildSpec.permanent("child", child)).withIntensity(ANY)));
      for (int i = 0; i < 1_000; i++) {
        ProcessRef<Runnable> life = up.poll(20, TimeUnit.SECONDS);
        assertThat(life).isNotNull();
        life.send(SupervisionOnRealThreadsTest::crash);
      }
      assertThat(up.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  /// Crashes, kills and requests from all sides; afterwards everybody is up, once.
  @Test
  void crowdsOfCrashesLeaveEverybodyUp() {
    try (Node node = quietNode()) {
      List<ChildSpec<?>> children = new ArrayList<>();
      for (RestartStrategy strategy : RestartStrategy.values()) {
        for (int i = 0; i < 3; i++) {
          children.add(ChildSpec.supervisor(strategy.name() + i, pair(strategy)));
        }
      }
      SupervisorSpec spec = SupervisorSpec.oneForOne().withChildren(children).withIntensity(ANY);
      StartResult<Supervisor.Message> top = node.start(Supervisor.spec(spec).named(TOP), WITHIN);
      assertThat(top).isInstanceOf(StartResult.Started.class);
      for (int round = 0; round < 200; round++) {
        for (ChildReport inner : childrenOf(node, TOP.text())) {
          disturb(node, inner, round);
        }
      }
      assertThat(settled(node)).hasSize(9).allMatch(inner -> leavesOf(node, inner) == 2);
      assertThat(node.processCount()).isEqualTo(PROCESSES);
    }
  }

  private static SupervisorSpec pair(RestartStrategy strategy) {
    return SupervisorSpec.of(
            strategy, ChildSpec.permanent("a", CHILD), ChildSpec.permanent("b", CHILD))
        .withIntensity(ANY);
  }

  private static void disturb(Node node, ChildReport inner, int round) {
    if (inner.status() instanceof ChildReport.Running(Pid pid)) {
      if (round % 50 == 49) {
        node.exit(node.find(pid), ExitReason.kill());
        return;
      }
      for (ChildReport leaf : reports(node, pid)) {
        if (leaf.status() instanceof ChildReport.Running(Pid child)) {
          SupervisionOnRealThreadsTest.<Runnable>process(node, child)
              .send(SupervisionOnRealThreadsTest::crash);
        }
      }
    }
  }

  /// Waits until no supervisor is in the middle of something.
  private static List<ChildReport> settled(Node node) {
    long deadline = node.clock().nanos() + WITHIN.toNanos();
    while (true) {
      List<ChildReport> inner = childrenOf(node, TOP.text());
      boolean calm =
          inner.stream()
              .allMatch(
                  one -> one.status() instanceof ChildReport.Running && leavesOf(node, one) == 2);
      if ((calm && node.processCount() == PROCESSES) || node.clock().nanos() > deadline) {
        return inner;
      }
      Thread.onSpinWait();
    }
  }

  private static long leavesOf(Node node, ChildReport inner) {
    return inner.status() instanceof ChildReport.Running(Pid pid)
        ? reports(node, pid).stream()
            .filter(leaf ->
                leaf.status() instanceof ChildReport.Running(Pid child)
                    && node.isAlive(node.find(child)))
            .count()
        : 0;
  }

  private static List<ChildReport> childrenOf(Node node, String name) {
    return node.call(
        Name.of(name, Supervisor.Message.class), new Supervisor.WhichChildren(), WITHIN);
  }

  /// None if the supervisor is gone by now.
  private static List<ChildReport> reports(Node node, Pid supervisor) {
    ProcessRef<Supervisor.Message> ref = process(node, supervisor);
    try {
      return node.call(ref, new Supervisor.WhichChildren(), WITHIN);
    } catch (ExitException gone) {
      return List.of();
    }
  }

  @SuppressWarnings("unchecked") // the specs say what they take
  private static <M> ProcessRef<M> process(Node node, Pid pid) {
    return (ProcessRef<M>) node.find(pid);
  }

  private static Node quietNode() {
    return Node.start(
        NodeSpec.of(NodeName.of("real")).withCrashReports(NodeSpec.CrashReports.SILENT));
  }
}
