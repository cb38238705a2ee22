package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The real tree of a plan, in a world.
final class PlannedTree {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMillis(Plan.PATIENCE_MILLIS);

  /// What workers have said.
  final List<String> said = new ArrayList<>();

  /// How often the next starts of a worker fail.
  final Map<String, Integer> failures = new HashMap<>();

  private final Node node;
  private final ProcessRef<Supervisor.Message> top;

  PlannedTree(World world, Plan.Parent plan) {
    node = world.node();
    StartResult<Supervisor.Message> result = node.start(Supervisor.spec(specOf(plan)), MINUTE);
    top =
        switch (result) {
          case StartResult.Started<Supervisor.Message>(ProcessRef<Supervisor.Message> process) ->
              process;
          case StartResult.Failed<?> _, StartResult.Ignored<?> _, StartResult.AlreadyStarted<?> _ ->
              throw new AssertionError(result.toString());
        };
  }

  // Building

  private SupervisorSpec specOf(Plan.Parent plan) {
    List<ChildSpec<?>> children = new ArrayList<>();
    plan.children().forEach(child -> children.add(childOf(child)));
    return SupervisorSpec.of(plan.strategy())
        .withIntensity(RestartIntensity.of(plan.restarts(), Duration.ofMillis(plan.windowMillis())))
        .withAutoShutdown(plan.auto())
        .withChildren(children);
  }

  private ChildSpec<?> childOf(Plan plan) {
    ChildSpec<?> child =
        switch (plan) {
          case Plan.Worker worker -> workerOf(worker);
          case Plan.Parent parent -> ChildSpec.supervisor(parent.id(), specOf(parent));
        };
    ChildSpec<?> restarting = child.withRestart(plan.restart());
    return plan.significant() ? restarting.significant() : restarting;
  }

  ChildSpec<Family.Order> workerOf(Plan.Worker plan) {
    ProcessSpec<Family.Order> process =
        ProcessSpec.server(Family.Order.class, () -> new Worker(plan));
    return ChildSpec.permanent(plan.id(), process)
        .withShutdown(
            plan.stops() == Plan.Stops.UNASKED ? Shutdown.kill() : Shutdown.within(PATIENCE));
  }

  private final class Worker implements Server<Family.Order> {
    private final Plan.Worker plan;
    private boolean up;

    Worker(Plan.Worker plan) {
      this.plan = plan;
    }

    @Override
    public void started(Self<Family.Order> self) {
      if (failures.merge(plan.id(), -1, Integer::sum) >= 0) {
        said.add(plan.id() + " fails");
        throw new IllegalStateException("cannot start");
      }
      if (plan.stops() == Plan.Stops.UNWILLINGLY) {
        self.trapParentExit(exit ->
            me -> {
              if (!exit.reason().equals(ExitReason.shutdown())) {
                me.exit(exit.reason());
              }
            });
      }
      up = true;
      said.add(plan.id() + " up");
    }

    @Override
    public void handle(Self<Family.Order> self, Family.Order order) throws Exception {
      order.obey(self);
    }

    @Override
    public void terminate(Self<Family.Order> self, ExitReason reason) {
      if (up) {
        said.add(plan.id() + " down");
      }
    }
  }

  // Doing

  void tell(String worker, Family.Order order) {
    this.<Family.Order>process(pidOf(worker)).send(order);
  }

  /// Tells both in the same moment: nothing happens in between.
  void tellBoth(String one, String other, Family.Order order) {
    Pid first = pidOf(one);
    Pid second = pidOf(other);
    this.<Family.Order>process(first).send(order);
    this.<Family.Order>process(second).send(order);
  }

  void kill(String id) {
    node.exit(process(pidOf(id)), ExitReason.kill());
  }

  <R, Q extends Request<R> & Supervisor.Message> R ask(String supervisor, Q request) {
    return node.call(supervisorOf(supervisor), request, MINUTE);
  }

  void shutDown() {
    node.exit(top, ExitReason.shutdown());
  }

  // Looking

  boolean isAlive() {
    return node.isAlive(top);
  }

  long processCount() {
    return node.processCount();
  }

  /// Who is where, and whether it runs, in the words of the model.
  String picture() {
    return isAlive() ? "top" + pictureOf(top) : "top-";
  }

  private String pictureOf(ProcessRef<Supervisor.Message> supervisor) {
    return reportsOf(supervisor).stream().map(this::pictureOf).toList().toString();
  }

  private String pictureOf(ChildReport child) {
    return switch (child.status()) {
      case ChildReport.Stopped() -> child.id() + "-";
      case ChildReport.Running(Pid pid) -> {
        String alive = node.isAlive(node.find(pid)) ? "" : " dead?";
        boolean isSupervisor = child.type() == ChildType.SUPERVISOR;
        yield child.id() + alive + (isSupervisor ? pictureOf(process(pid)) : "");
      }
      case ChildReport.Restarting _, ChildReport.Starting _ -> child.id() + " not at rest";
    };
  }

  private ProcessRef<Supervisor.Message> supervisorOf(String id) {
    return id.equals("top") ? top : process(pidOf(id));
  }

  private Pid pidOf(String id) {
    return find(top, id).orElseThrow(() -> new NoSuchElementException(id + " does not run"));
  }

  private Optional<Pid> find(ProcessRef<Supervisor.Message> supervisor, String id) {
    for (ChildReport child : reportsOf(supervisor)) {
      if (child.status() instanceof ChildReport.Running(Pid pid)) {
        if (child.id().equals(id)) {
          return Optional.of(pid);
        }
        if (child.type() == ChildType.SUPERVISOR) {
          var found = find(process(pid), id);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<ChildReport> reportsOf(ProcessRef<Supervisor.Message> supervisor) {
    return node.call(supervisor, new Supervisor.WhichChildren(), MINUTE);
  }

  @SuppressWarnings("unchecked") // the plan says what it is
  private <M> ProcessRef<M> process(Pid pid) {
    return (ProcessRef<M>) node.find(pid);
  }
}
