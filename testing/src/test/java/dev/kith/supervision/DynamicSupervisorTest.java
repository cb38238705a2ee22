package dev.kith.supervision;

import static dev.kith.supervision.Family.CRASH;
import static dev.kith.supervision.Family.END;
import static dev.kith.supervision.Family.MINUTE;
import static dev.kith.supervision.Family.SECOND;
import static dev.kith.supervision.Family.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Blueprint;
import dev.kith.process.ExitReason;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import dev.kith.supervision.Family.Order;
import dev.kith.testing.World;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamicSupervisorTest {

  /// A child is made of a blueprint and arguments, and answers to its type.
  @Test
  void startsAChildFromABlueprintAndArguments() {
    explore(family -> {
      Blueprint<Greeting, Order> greeter =
          Blueprint.of(
              "greeter",
              Greeting.class,
              Order.class,
              greeting -> new Greeter(greeting, family.probe.ref()));
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.TEMPORARY));
      StartResult<Order> result =
          family.ask(supervisor, new DynamicSupervisor.Start<>(greeter, new Greeting("hello")));
      assertThat(result).isInstanceOf(StartResult.Started.class);
      family.expect("hello");
    });
  }

  record Greeting(String words) {}

  private record Greeter(Greeting greeting, ProcessRef<String> probe) implements Server<Order> {
    @Override
    public void started(Self<Order> self) {
      probe.send(greeting.words());
    }

    @Override
    public void handle(Self<Order> self, Order order) throws Exception {
      order.obey(self);
    }
  }

  /// SUP-4.
  @Test
  void restartsByTheSameRules() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.TRANSIENT));
      startChild(family, supervisor, "a").send(CRASH);
      family.expect("a up", "a down", "a up");
      assertThat(pids(family, supervisor)).hasSize(1);
      family
          .world
          .node()
          .exit(
              family.world.node().find(pids(family, supervisor).getFirst()), ExitReason.shutdown());
      family.expect("a down");
      family.expectPeace();
      assertThat(pids(family, supervisor)).isEmpty();
    });
  }

  /// SUP-6.
  @Test
  void givesUpByTheSameRules() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.PERMANENT));
      var one = startChild(family, supervisor, "a");
      var other = startChild(family, supervisor, "b");
      startChild(family, supervisor, "c");
      one.send(CRASH);
      other.send(END);
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      assertThat(family.probe.drain()).contains("c down");
    });
  }

  /// SUP-7.
  @Test
  void triesARestartThatFailsAgain() {
    explore(family -> {
      var supervisor =
          start(
              family,
              DynamicSupervisorSpec.of(Restart.PERMANENT)
                  .withIntensity(RestartIntensity.of(3, SECOND)));
      var child = startChild(family, supervisor, "a");
      family.failNext("a", 2);
      child.send(CRASH);
      family.expect("a up", "a down", "a fails", "a fails", "a up");
      family.expectPeace();
    });
  }

  @Test
  void aStartThatFailsIsTheAskersOwnTrouble() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.PERMANENT));
      family.failNext("a", 1);
      StartResult<Order> result = tryStart(family, supervisor, family.process("a"));
      assertThat(result).isInstanceOf(StartResult.Failed.class);
      family.expect("a fails");
      family.expectPeace();
      assertThat(pids(family, supervisor)).isEmpty();
    });
  }

  /// SUP-11.
  @Test
  void aChildThatIgnoresIsForgotten() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.PERMANENT));
      family.ignore("a");
      StartResult<Order> result = tryStart(family, supervisor, family.process("a"));
      assertThat(result).isInstanceOf(StartResult.Ignored.class);
      ChildCounts counts = family.ask(supervisor, new DynamicSupervisor.CountChildren());
      assertThat(counts).isEqualTo(new ChildCounts(0, 0, 0, 0));
    });
  }

  /// Start it, or find it: the holder of the name is told.
  @Test
  void aNameThatIsTakenLeadsToItsHolder() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.TEMPORARY));
      ProcessSpec<Order> named = family.process("a").named(Family.nameOf("a"));
      StartResult<Order> first = tryStart(family, supervisor, named);
      StartResult<Order> second = tryStart(family, supervisor, named);
      assertThat(first).isEqualTo(new StartResult.Started<>(family.ref("a")));
      assertThat(second).isEqualTo(new StartResult.AlreadyStarted<>(family.ref("a").pid()));
    });
  }

  /// SUP-10: by pid only.
  @Test
  void terminatesByPid() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.PERMANENT));
      Pid child = startChild(family, supervisor, "a").pid();
      startChild(family, supervisor, "b");
      assertThat(terminate(family, supervisor, child)).isEqualTo(ChildTermination.TERMINATED);
      assertThat(terminate(family, supervisor, child)).isEqualTo(ChildTermination.NOT_FOUND);
      assertThat(terminate(family, supervisor, family.probe.pid()))
          .isEqualTo(ChildTermination.NOT_FOUND);
      family.expect("a up", "b up", "a down");
      family.expectPeace();
    });
  }

  /// SUP-2: all at once, with one time for all.
  @Test
  void stopsAllAtOnce() {
    explore(family -> {
      var supervisor =
          start(
              family,
              DynamicSupervisorSpec.of(Restart.PERMANENT).withShutdown(Shutdown.within(SECOND)));
      for (int i = 0; i < 20; i++) {
        tryStart(family, supervisor, family.stubborn("s" + i).process());
      }
      startChild(family, supervisor, "a");
      Duration before = family.world.now();
      family.world.node().exit(supervisor, ExitReason.shutdown());
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      assertThat(family.world.now().minus(before)).isEqualTo(SECOND);
      assertThat(family.probe.drain()).endsWith("a down");
      assertThat(family.world.node().processCount()).isEqualTo(1);
    });
  }

  @Test
  void endsAtOnceIfItHasNoChildren() {
    explore(family -> {
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.PERMANENT));
      family.world.node().exit(supervisor, ExitReason.shutdown());
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
    });
  }

  @Test
  void takesNoMoreThanItsLimit() {
    explore(family -> {
      var supervisor =
          start(family, DynamicSupervisorSpec.of(Restart.TEMPORARY).withChildrenMax(1));
      var child = startChild(family, supervisor, "a");
      assertThat(tryStart(family, supervisor, family.process("b")))
          .isEqualTo(
              new StartResult.Failed<>(new ExitReason.Custom("there are 1 children, the limit")));
      child.send(END);
      family.world.run();
      assertThat(tryStart(family, supervisor, family.process("b")))
          .isInstanceOf(StartResult.Started.class);
    });
  }

  /// SUP-12: what a temporary child was made of can be collected as garbage.
  @Test
  void argumentsOfTemporaryChildrenAreNotKept() {
    try (World world = World.of(1)) {
      Family family = new Family(world);
      assertThat(isKept(family, Restart.TEMPORARY)).isFalse();
      assertThat(isKept(family, Restart.TRANSIENT)).isTrue();
    }
  }

  private static boolean isKept(Family family, Restart restart) {
    Blueprint<byte[], Order> blueprint =
        Blueprint.of(
            "large", byte[].class, Order.class, large -> (self, order) -> order.obey(self));
    var supervisor = start(family, DynamicSupervisorSpec.of(restart));
    byte[] large = new byte[1_000_000];
    WeakReference<byte[]> trace = new WeakReference<>(large);
    family.ask(supervisor, new DynamicSupervisor.Start<>(blueprint, large));
    for (int i = 0; i < 20; i++) {
      startChild(family, supervisor, "a"); // so that the request is not among the latest
    }
    large = null;
    for (int i = 0; i < 20 && trace.get() != null; i++) {
      System.gc();
    }
    return trace.get() != null;
  }

  /// Each child costs the same, however many there are: a hundred thousand come and go.
  @Test
  @Tag("slow")
  void hasAHundredThousandChildren() {
    try (World world = World.of(1)) {
      Family family = new Family(world);
      var supervisor = start(family, DynamicSupervisorSpec.of(Restart.TRANSIENT));
      ProcessSpec<Order> quiet =
          ProcessSpec.server(Order.class, () -> (self, order) -> order.obey(self));
      List<ProcessRef<Order>> children = new ArrayList<>();
      for (int i = 0; i < 100_000; i++) {
        children.add(started(tryStart(family, supervisor, quiet)));
      }
      for (int i = 0; i < 50_000; i++) {
        children.get(i).send(END);
      }
      world.run();
      ChildCounts counts = family.ask(supervisor, new DynamicSupervisor.CountChildren());
      assertThat(counts).isEqualTo(new ChildCounts(50_000, 50_000, 0, 50_000));
      world.node().exit(supervisor, ExitReason.shutdown());
      assertThat(family.reasonOf(supervisor)).isEqualTo(ExitReason.shutdown());
      assertThat(world.node().processCount()).isEqualTo(1);
    }
  }

  private static ProcessRef<DynamicSupervisor.Message> start(
      Family family, DynamicSupervisorSpec spec) {
    return started(family.world.node().start(DynamicSupervisor.spec(spec), MINUTE));
  }

  private static <M> ProcessRef<M> started(StartResult<M> result) {
    assertThat(result).isInstanceOf(StartResult.Started.class);
    return ((StartResult.Started<M>) result).process();
  }

  private static StartResult<Order> tryStart(
      Family family, ProcessRef<DynamicSupervisor.Message> supervisor, ProcessSpec<Order> child) {
    return family.ask(supervisor, new DynamicSupervisor.StartProcess<>(child));
  }

  private static ProcessRef<Order> startChild(
      Family family, ProcessRef<DynamicSupervisor.Message> supervisor, String id) {
    return started(tryStart(family, supervisor, family.process(id)));
  }

  private static ChildTermination terminate(
      Family family, ProcessRef<DynamicSupervisor.Message> supervisor, Pid child) {
    return family.ask(supervisor, new DynamicSupervisor.Terminate(child));
  }

  private static List<Pid> pids(Family family, ProcessRef<DynamicSupervisor.Message> supervisor) {
    return family.ask(supervisor, new DynamicSupervisor.WhichChildren());
  }
}
