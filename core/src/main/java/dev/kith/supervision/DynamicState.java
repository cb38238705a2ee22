package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Children of a dynamic supervisor have no order and do not know each other, so nothing waits for anything
 * else: each child is by itself, and every event costs the same however many there are. Only the end of the
 * supervisor touches all of them.
 */
/// What a dynamic supervisor knows and decides: events in, commands out.
///
/// **Limits.** As many children as its spec says; more are refused.
final class DynamicState {
  private final DynamicSupervisorSpec spec;

  /// By their current run, which for a child that waits for a restart is the last one.
  private final Map<Long, DynamicChild> children = new HashMap<>();

  private final Map<Long, DynamicChild> pauses = new HashMap<>();
  private List<Command> commands = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private RestartWindow window;
  private long runsMade;
  private long pausesMade;
  private int active;
  private @Nullable ExitReason ending;

  private enum Phase {
    STARTING,
    UP,
    STOPPING,
    RESTARTING
  }

  /// A child: what must be known of it.
  private static final class DynamicChild {
    long run;
    Phase phase = Phase.STARTING;

    /// Null once a temporary child is up, because its arguments may be large (SUP-12).
    @Nullable ProcessSpec<?> process;

    /// Who waits for its first start; 0 for nobody.
    long ticket;

    /// Who wait for its end.
    @Nullable List<Long> terminations;

    DynamicChild(ProcessSpec<?> process, long ticket) {
      this.process = process;
      this.ticket = ticket;
    }
  }

  DynamicState(DynamicSupervisorSpec spec) {
    this.spec = spec;
    this.window = RestartWindow.empty(spec.intensity());
  }

  // Events

  /// Something has happened.
  ///
  /// @param time since an origin that stays the same; never goes back
  /// @return what is to be done, in this order
  List<Command> step(Duration time, Event.Happened event) {
    begin(time);
    switch (event) {
      case Event.Up(long run) -> up(child(run));
      case Event.Failed(long run, ExitReason _) -> failed(child(run));
      case Event.Ignored(long run) -> ignored(child(run));
      case Event.Ended(long run, ExitReason reason) -> ended(child(run), reason);
      case Event.Resumed(long pause) -> resumed(pause);
      case Event.StopAsked(ExitReason reason) -> end(reason);
    }
    return commands;
  }

  /// A new child is wanted.
  List<Command> start(Duration time, long ticket, ProcessSpec<?> process) {
    begin(time);
    if (ending != null) {
      return commands; // whoever asked is told that the supervisor has ended
    }
    if (children.size() >= spec.childrenMax()) {
      String why = "there are %d children, the limit".formatted(children.size());
      answer(ticket, new Command.Outcome.Rejected(why));
    } else {
      start(new DynamicChild(process, ticket));
    }
    return commands;
  }

  /// A child is to stop.
  ///
  /// @param run its run; null if there is none
  List<Command> terminate(Duration time, long ticket, @Nullable Long run) {
    begin(time);
    DynamicChild child = run == null ? null : children.get(run);
    if (ending != null) {
      return commands;
    }
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
      return commands;
    }
    if (child.terminations == null) {
      child.terminations = new ArrayList<>();
    }
    child.terminations.add(ticket);
    if (child.phase != Phase.STOPPING) {
      inactive(child);
      child.phase = Phase.STOPPING;
      commands.add(new Command.Stop(child.run, spec.shutdown()));
    }
    return commands;
  }

  /// How many children there are.
  ChildCounts counts() {
    return new ChildCounts(children.size(), active, 0, children.size());
  }

  private void begin(Duration time) {
    now = time;
    commands = new ArrayList<>();
  }

  private DynamicChild child(long run) {
    DynamicChild child = children.get(run);
    if (child == null) {
      throw new IllegalStateException("run " + run + " is over");
    }
    return child;
  }

  // What becomes of children

  private void start(DynamicChild child) {
    if (child.process == null) {
      throw new IllegalStateException("a temporary child is not started twice");
    }
    child.phase = Phase.STARTING;
    child.run = ++runsMade;
    children.put(child.run, child);
    commands.add(new Command.Start(child.run, child.process));
  }

  private void up(DynamicChild child) {
    if (child.phase != Phase.STARTING) {
      return;
    }
    child.phase = Phase.UP;
    active++;
    if (spec.restart() == Restart.TEMPORARY) {
      child.process = null;
    }
    answerTried(child);
  }

  private void ignored(DynamicChild child) {
    answerTried(child);
    forget(child, "ignored");
  }

  private void failed(DynamicChild child) {
    boolean isFirst = child.ticket != 0;
    answerTried(child);
    if (isFirst || child.phase == Phase.STOPPING || ending != null) {
      forget(child, isFirst ? "forgotten, it was not started" : "stopped");
    } else if (isAllowed(child)) {
      child.phase = Phase.RESTARTING;
      pauses.put(++pausesMade, child);
      commands.add(new Command.Pause(pausesMade, 0));
    }
  }

  private void ended(DynamicChild child, ExitReason reason) {
    boolean wasStopped = child.phase == Phase.STOPPING || ending != null;
    inactive(child);
    answerTried(child);
    if (wasStopped) {
      forget(child, ending == null ? "stopped by request" : "stopped with its supervisor");
    } else if (!spec.restart().isDueAfter(reason)) {
      forget(child, "not restarted (" + Texts.of(spec.restart()) + ")");
    } else if (isAllowed(child)) {
      children.remove(child.run);
      start(child);
    }
  }

  /// Counts a restart (SUP-6); if it is one too many the supervisor ends.
  private boolean isAllowed(DynamicChild child) {
    switch (window.restartAt(now)) {
      case RestartWindow.Verdict.GivenUp() -> {
        forget(child, "give up, more than " + spec.intensity());
        end(ExitReason.shutdown());
        return false;
      }
      case RestartWindow.Verdict.Allowed(RestartWindow next) -> {
        window = next;
        commands.add(new Command.Over(child.run, "restart"));
        return true;
      }
    }
  }

  private void resumed(long pause) {
    DynamicChild child = pauses.remove(pause);
    if (child != null && ending == null) {
      children.remove(child.run);
      start(child);
    }
  }

  private void inactive(DynamicChild child) {
    if (child.phase == Phase.UP) {
      active--;
    }
  }

  private void forget(DynamicChild child, String decision) {
    children.remove(child.run);
    commands.add(new Command.Over(child.run, decision));
    if (child.terminations != null) {
      child.terminations.forEach(ticket -> answer(ticket, new Command.Outcome.Done()));
    }
    if (ending != null && children.isEmpty()) {
      commands.add(new Command.Exit(ending));
    }
  }

  private void answerTried(DynamicChild child) {
    if (child.ticket != 0) {
      answer(child.ticket, new Command.Outcome.Tried(child.run));
      child.ticket = 0;
    }
  }

  private void answer(long ticket, Command.Outcome outcome) {
    commands.add(new Command.Answer(ticket, outcome));
  }

  // The end

  /// All at once (SUP-2).
  private void end(ExitReason reason) {
    if (ending != null) {
      return;
    }
    ending = reason;
    children.values().removeIf(child -> child.phase == Phase.RESTARTING);
    if (children.isEmpty()) {
      commands.add(new Command.Exit(reason));
    } else {
      commands.add(new Command.StopAll(spec.shutdown()));
    }
  }
}
