package dev.kith.supervision;

import dev.kith.process.ExitReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a tree of supervisors should do, written as OTP's manual and source tell it: everything is
/// done at once and in one piece, by calls that return when it is done. Nothing of the real
/// supervisor is used but its enums.
final class SupervisorModel {

  /// A child of somebody, or the top.
  static final class One {
    final Plan plan;
    final Optional<One> parent;
    boolean up;

    /// Which of its lives this is.
    int life;

    /// In start order; of supervisors only.
    final List<One> children = new ArrayList<>();

    /// When it restarted a child, in milliseconds; of supervisors only.
    final List<Long> stamps = new ArrayList<>();

    One(Plan plan, Optional<One> parent) {
      this.plan = plan;
      this.parent = parent;
    }

    boolean isSupervisor() {
      return plan instanceof Plan.Parent;
    }

    Plan.Parent supervisor() {
      return (Plan.Parent) plan;
    }

    Stream<One> all() {
      return Stream.concat(Stream.of(this), children.stream().flatMap(One::all));
    }
  }

  private enum Start {
    UP,
    FAILED
  }

  final One top;

  /// How often the next starts of a worker fail.
  final Map<String, Integer> failures = new HashMap<>();

  /// What workers have said.
  final List<String> said = new ArrayList<>();

  long nowMillis;

  private int lives;

  SupervisorModel(Plan.Parent plan) {
    top = new One(plan, Optional.empty());
    start(top);
  }

  private SupervisorModel(SupervisorModel other) {
    top = copy(other.top, Optional.empty());
    failures.putAll(other.failures);
    said.addAll(other.said);
    nowMillis = other.nowMillis;
    lives = other.lives;
  }

  SupervisorModel copy() {
    return new SupervisorModel(this);
  }

  private static One copy(One one, Optional<One> parent) {
    One same = new One(one.plan, parent);
    same.up = one.up;
    same.life = one.life;
    same.stamps.addAll(one.stamps);
    one.children.forEach(child -> same.children.add(copy(child, Optional.of(same))));
    return same;
  }

  /// Who is where, and whether it runs.
  String picture() {
    return picture(top);
  }

  private static String picture(One one) {
    String own = one.plan.id() + (one.up ? "" : "-");
    if (!one.isSupervisor() || !one.up) {
      return own;
    }
    return own + one.children.stream().map(SupervisorModel::picture).toList();
  }

  /// The one with this id, if it is in the tree and its parents run.
  Optional<One> find(String id) {
    return top.all().filter(one -> one.plan.id().equals(id)).findFirst();
  }

  // What happens to them

  /// A worker ends by itself, for this reason.
  void end(One worker, ExitReason reason) {
    boolean silent = reason instanceof ExitReason.Killed;
    if (!silent) {
      said.add(worker.plan.id() + " down");
    }
    worker.up = false;
    ended(worker, reason);
  }

  /// A supervisor is killed; what it had falls with it.
  void kill(One supervisor) {
    supervisor
        .all()
        .filter(one -> one.up && !one.isSupervisor())
        .filter(one -> !isKilledSilently(one, supervisor))
        .forEach(one -> said.add(one.plan.id() + " down"));
    fall(supervisor);
    ended(supervisor, ExitReason.killed());
  }

  /// Whether its own supervisor lives to kill it.
  private static boolean isKilledSilently(One worker, One killed) {
    return worker.parent.orElseThrow() != killed
        && ((Plan.Worker) worker.plan).stops() != Plan.Stops.WILLINGLY;
  }

  private static void fall(One one) {
    one.up = false;
    one.children.forEach(SupervisorModel::fall);
    one.children.clear();
    one.stamps.clear();
  }

  ChildTermination terminate(One supervisor, String id) {
    Optional<One> found = childOf(supervisor, id);
    found.ifPresent(child -> {
      stop(child);
      if (child.plan.restart() == Restart.TEMPORARY) {
        supervisor.children.remove(child);
      }
    });
    return found.isPresent() ? ChildTermination.TERMINATED : ChildTermination.NOT_FOUND;
  }

  String restart(One supervisor, String id) {
    Optional<One> found = childOf(supervisor, id);
    if (found.isEmpty()) {
      return "NotFound";
    }
    One child = found.get();
    if (child.up) {
      return "Running";
    }
    return start(child) == Start.UP ? "Restarted" : "Failed";
  }

  ChildDeletion delete(One supervisor, String id) {
    Optional<One> found = childOf(supervisor, id);
    if (found.isEmpty()) {
      return ChildDeletion.NOT_FOUND;
    }
    if (found.get().up) {
      return ChildDeletion.RUNNING;
    }
    supervisor.children.remove(found.get());
    return ChildDeletion.DELETED;
  }

  String add(One supervisor, Plan plan) {
    Optional<One> found = childOf(supervisor, plan.id());
    if (found.isPresent()) {
      return found.get().up ? "AlreadyStarted" : "AlreadyPresent";
    }
    One child = new One(plan, Optional.of(supervisor));
    if (start(child) == Start.FAILED) {
      return "Failed";
    }
    supervisor.children.add(child);
    return "Started";
  }

  void shutDown() {
    stop(top);
  }

  private static Optional<One> childOf(One supervisor, String id) {
    return supervisor.children.stream().filter(child -> child.plan.id().equals(id)).findFirst();
  }

  // Starting and stopping

  private Start start(One one) {
    return switch (one.plan) {
      case Plan.Worker worker -> startWorker(one, worker);
      case Plan.Parent parent -> startSupervisor(one, parent);
    };
  }

  private Start startWorker(One one, Plan.Worker worker) {
    if (failures.merge(worker.id(), -1, Integer::sum) >= 0) {
      said.add(worker.id() + " fails");
      return Start.FAILED;
    }
    said.add(worker.id() + " up");
    one.up = true;
    one.life = ++lives;
    return Start.UP;
  }

  private Start startSupervisor(One one, Plan.Parent parent) {
    parent.children().forEach(plan -> one.children.add(new One(plan, Optional.of(one))));
    for (One child : one.children) {
      if (start(child) == Start.FAILED) {
        stopAll(one.children);
        fall(one);
        return Start.FAILED;
      }
    }
    one.up = true;
    return Start.UP;
  }

  private void stop(One one) {
    if (!one.up) {
      return;
    }
    if (one.plan instanceof Plan.Worker worker) {
      switch (worker.stops()) {
        case WILLINGLY -> said.add(worker.id() + " down");
        case UNWILLINGLY -> nowMillis += Plan.PATIENCE_MILLIS;
        case UNASKED -> {}
      }
    } else {
      stopAll(one.children);
    }
    fall(one);
  }

  private void stopAll(List<One> children) {
    List.copyOf(children).reversed().forEach(this::stop);
  }

  // Deciding

  private void ended(One child, ExitReason reason) {
    if (child.parent.isEmpty()) {
      return;
    }
    One supervisor = child.parent.get();
    boolean planned = reason instanceof ExitReason.Normal || reason instanceof ExitReason.Shutdown;
    switch (child.plan.restart()) {
      case PERMANENT -> restart(supervisor, child);
      case TRANSIENT -> {
        if (planned) {
          endedForGood(supervisor, child);
        } else {
          restart(supervisor, child);
        }
      }
      case TEMPORARY -> {
        supervisor.children.remove(child);
        endedForGood(supervisor, child);
      }
    }
  }

  private void endedForGood(One supervisor, One child) {
    boolean others = supervisor.children.stream().anyMatch(one -> one.up && one.plan.significant());
    boolean enough =
        switch (supervisor.supervisor().auto()) {
          case NEVER -> false;
          case ANY_SIGNIFICANT -> child.plan.significant();
          case ALL_SIGNIFICANT -> child.plan.significant() && !others;
        };
    if (enough) {
      giveUp(supervisor);
    }
  }

  private void restart(One supervisor, One ended) {
    Plan.Parent plan = supervisor.supervisor();
    One first = ended;
    while (true) {
      supervisor.stamps.removeIf(stamp -> stamp < nowMillis - plan.windowMillis());
      supervisor.stamps.add(nowMillis);
      if (supervisor.stamps.size() > plan.restarts()) {
        giveUp(supervisor);
        return;
      }
      Optional<One> failed = startTogether(supervisor, first);
      if (failed.isEmpty()) {
        return;
      }
      first = failed.get();
    }
  }

  /// Who of the group could not be started.
  private Optional<One> startTogether(One supervisor, One first) {
    List<One> all = supervisor.children;
    List<One> group =
        switch (supervisor.supervisor().strategy()) {
          case ONE_FOR_ONE -> List.of(first);
          case ONE_FOR_ALL -> List.copyOf(all);
          case REST_FOR_ONE -> List.copyOf(all.subList(all.indexOf(first), all.size()));
        };
    stopAll(group);
    for (One member : group) {
      if (member.plan.restart() == Restart.TEMPORARY) {
        all.remove(member);
      } else if (start(member) == Start.FAILED) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  private void giveUp(One supervisor) {
    stop(supervisor);
    ended(supervisor, ExitReason.shutdown());
  }
}
