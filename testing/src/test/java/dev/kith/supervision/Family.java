package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Pid;
import dev.kith.process.ProcessEvent;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import dev.kith.testing.Exploration;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Children that announce themselves, under a supervisor.
///
/// A child called `a` says "a up" when it starts, "a fails" when it was told to fail, and "a down"
/// when it ends other than by being killed.
final class Family {
  static final int SCHEDULES = 200;
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration MINUTE = Duration.ofMinutes(1);

  /// What is done by a child told to crash.
  static final Order CRASH =
      self -> {
        throw new IllegalStateException("crash");
      };

  static final Order END = self -> self.exit(ExitReason.normal());

  /// Something that a child does when it is told to.
  interface Order {
    void obey(Self<Order> self) throws Exception;
  }

  interface Story {
    void play(Family family) throws Exception;
  }

  final World world;
  final Probe<String> probe;
  private final Map<String, Integer> failures = new HashMap<>();
  private final Set<String> ignoring = new HashSet<>();
  private final Map<Pid, ExitReason> ends = new HashMap<>();

  Family(World world) {
    this.world = world;
    this.probe = world.probe(String.class);
    world.node().events().add(ProcessEvent.Ended.class, end -> ends.put(end.pid(), end.reason()));
  }

  static void explore(Story story) {
    Exploration.explore(SCHEDULES, world -> story.play(new Family(world)));
  }

  // Children

  /// A permanent child that ends when it is asked to.
  ChildSpec<Order> child(String id) {
    return ChildSpec.permanent(nameOf(id), () -> new Child(id, false));
  }

  ChildSpec<Order> transientChild(String id) {
    return child(id).withRestart(Restart.TRANSIENT);
  }

  ChildSpec<Order> temporaryChild(String id) {
    return child(id).withRestart(Restart.TEMPORARY);
  }

  /// A permanent child that does not end when it is asked to.
  ChildSpec<Order> stubborn(String id) {
    return ChildSpec.permanent(nameOf(id), () -> new Child(id, true));
  }

  /// The same process without a name.
  ProcessSpec<Order> process(String id) {
    return ProcessSpec.server(Order.class, () -> new Child(id, false));
  }

  static Name<Order> nameOf(String id) {
    return Name.of(id, Order.class);
  }

  /// Its next starts fail.
  void failNext(String id, int times) {
    failures.put(id, times);
  }

  /// From now on it does not want to run.
  void ignore(String id) {
    ignoring.add(id);
  }

  private final class Child implements Server<Order> {
    private final String id;
    private final boolean stubborn;
    private boolean up;

    Child(String id, boolean stubborn) {
      this.id = id;
      this.stubborn = stubborn;
    }

    @Override
    public void started(Self<Order> self) {
      if (ignoring.contains(id)) {
        self.ignoreStart();
      }
      if (failures.merge(id, -1, Integer::sum) >= 0) {
        announce("fails");
        throw new IllegalStateException("cannot start");
      }
      if (stubborn) {
        self.trapParentExit(exit -> Family::doNothing);
      }
      up = true;
      announce("up");
    }

    @Override
    public void handle(Self<Order> self, Order order) throws Exception {
      order.obey(self);
    }

    @Override
    public void terminate(Self<Order> self, ExitReason reason) {
      if (up) {
        announce("down");
      }
    }

    private void announce(String what) {
      probe.ref().send(id + " " + what);
    }
  }

  private static void doNothing(Self<Order> self) {}

  // Doing

  /// Starts a supervisor, which must come up.
  ProcessRef<Supervisor.Message> start(SupervisorSpec spec) {
    StartResult<Supervisor.Message> result = tryStart(spec);
    assertThat(result).isInstanceOf(StartResult.Started.class);
    return ((StartResult.Started<Supervisor.Message>) result).process();
  }

  StartResult<Supervisor.Message> tryStart(SupervisorSpec spec) {
    return world.node().start(Supervisor.spec(spec), MINUTE);
  }

  void tell(String id, Order order) {
    ref(id).send(order);
  }

  void kill(String id) {
    world.node().exit(ref(id), ExitReason.kill());
  }

  ProcessRef<Order> ref(String id) {
    return world.node().whereis(nameOf(id)).orElseThrow(() -> new AssertionError(id + " is down"));
  }

  <R, Q extends Request<R>> R ask(ProcessRef<? super Q> supervisor, Q request) {
    return world.node().call(supervisor, request, MINUTE);
  }

  boolean isAlive(ProcessRef<?> process) {
    world.run();
    return world.node().isAlive(process);
  }

  boolean isUp(String id) {
    return world.node().whereis(nameOf(id)).isPresent();
  }

  // Looking

  void expect(String... announcements) {
    probe.expect(announcements);
  }

  /// Nothing more happens, however long one waits.
  void expectPeace() {
    probe.expectNothingFor(MINUTE);
  }

  /// Why a process ended, which it must do.
  ExitReason reasonOf(ProcessRef<?> process) {
    world.until(() -> ends.containsKey(process.pid()), MINUTE);
    return Objects.requireNonNull(ends.get(process.pid()));
  }
}
