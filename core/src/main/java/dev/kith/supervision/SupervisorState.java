package dev.kith.supervision;

import dev.kith.process.ExitReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/*
 * OTP's supervisor is a process that waits: while it starts or stops a child it reads nothing else, and
 * what comes meanwhile queues in its mailbox. This one is a step function that must not wait, and keeps the
 * order that OTP gets from waiting in another way.
 *
 * A lane does one activity at a time; what comes for a lane that is busy waits in the lane. With
 * one_for_all and rest_for_one there is one lane, so that everything happens as in OTP. With one_for_one
 * every child has a lane of its own: a child that takes long to start holds up nobody. While the supervisor
 * itself starts or ends there is one lane for all again.
 *
 * An activity stops children, one after the other, then starts children, one after the other:
 *
 *   Boot       start all in order                                              then ready
 *   Restart    stop the group in reverse, [pause,] start the group in order    (SUP-5)
 *   First      start a new child                                               then answer
 *   Again      start a stopped child                                           then answer
 *   Terminate  stop a child                                                    then answer
 *   End        stop all in reverse                                             then exit
 *
 * A child's phases:
 *
 *              start                up                 end, lane busy
 *   ABSENT ───────────► STARTING ───────► UP ──────────────────────► DEAD
 *     ▲ ▲                   │              │                          │
 *     │ └──── not up ───────┤         stop │                 decision │
 *     │                     ▼              ▼                          │
 *     └────── end ───── STOPPING ◄─────────┘                          │
 *                           │ of a group                              │
 *                           ▼                                         │
 *                       RESTARTING ◄──────── to be restarted ─────────┘ ──► ABSENT
 *
 * RESTARTING is OTP's word for: will be started again without being asked. A restart that fails is not
 * tried again at once; the lane pauses, by a message to itself or for a back-off, and is idle meanwhile, so
 * that requests are served in between (SUP-7). Who is no longer RESTARTING when the pause is over has been
 * terminated or deleted, and is left alone.
 *
 * Sources: OTP's supervisor.erl and its supervisor_SUITE, which decides two cases that the manual leaves
 * open: a group is all children of the group, also those that had stopped before; and when in rest_for_one
 * a later child of the group fails to start, those before it stay up and the retry begins with it.
 *
 * Long because it is one state machine: its activities share the phases of the children.
 */
/// What a supervisor knows and decides: events in, commands out.
///
/// Long because who starts, stops, waits and answers in which order is one decision, and each part
/// of it leans on the others.
///
/// **Limits.** At most [#WAITING_MAX] requests wait for a busy lane, more are refused. Children are
/// unbounded because each is named by the program; see [DynamicSupervisor] for any number.
final class SupervisorState {
  private static final int WAITING_MAX = 1_000;

  /// Without the children, whose specs are in [#children].
  private final SupervisorSpec spec;

  /// In start order.
  private final SequencedMap<String, Child> children = new LinkedHashMap<>();

  private final Map<Long, Child> runs = new HashMap<>();
  private final Map<Long, Lane> pauses = new HashMap<>();
  private final Lane common = new Lane(null);
  private final Deque<Lane> idle = new ArrayDeque<>();
  private List<Command> commands = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private RestartWindow window;
  private long runsMade;
  private long pausesMade;
  private boolean isUp;
  private boolean isEnding;

  SupervisorState(SupervisorSpec spec) {
    this.spec = spec.withChildren();
    this.window = RestartWindow.empty(spec.intensity());
    for (ChildSpec<?> child : spec.children()) {
      children.put(child.id(), new Child(child));
    }
  }

  /// Takes one event.
  ///
  /// @param time since an origin that stays the same; never goes back
  /// @return what is to be done, in this order
  List<Command> step(Duration time, Event event) {
    now = time;
    commands = new ArrayList<>();
    handle(event);
    while (!isEnding && !idle.isEmpty()) {
      serve(idle.removeFirst());
    }
    return commands;
  }

  /// How a child is.
  ///
  /// @param run its current run; 0 if there is none
  record Picture(String id, ChildType type, Child.Phase phase, long run, int crashes) {}

  /// How all children are, in start order.
  List<Picture> pictures() {
    return children.values().stream()
        .map(child -> new Picture(child.id, child.type, child.phase, child.run, child.crashes))
        .toList();
  }

  private void serve(Lane lane) {
    while (!isEnding && lane.activity == null && !lane.waiting.isEmpty()) {
      handle(lane.waiting.removeFirst());
    }
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Begun() -> boot();
      case Event.Up(long run) -> up(run);
      case Event.Failed(long run, ExitReason reason) -> failed(run, reason);
      case Event.Ignored(long run) -> ignored(run);
      case Event.Ended(long run, ExitReason reason) -> ended(run, reason);
      case Event.Resumed(long pause) -> resumed(pause);
      case Event.StopAsked(ExitReason reason) -> end(reason);
      case Event.Asked asked -> asked(asked);
    }
  }

  // Starting and ending the supervisor

  private void boot() {
    Activity boot = new Activity(new Activity.Boot());
    boot.starts.addAll(children.values());
    begin(common, boot);
  }

  private void end(ExitReason reason) {
    if (isEnding) {
      return;
    }
    isEnding = true;
    Activity end = new Activity(new Activity.End(reason));
    end.stops.addAll(children.sequencedValues().reversed());
    begin(common, end);
  }

  // What becomes of children

  private void up(long run) {
    Child child = runs.get(run);
    if (child != null && child.phase == Child.Phase.STARTING) {
      child.phase = Child.Phase.UP;
      if (child.isTemporary()) {
        child.process = null;
      }
      answerTried(child);
      completed(child);
    }
  }

  private void ignored(long run) {
    Child child = runs.get(run);
    if (child == null) {
      return;
    }
    if (child.phase == Child.Phase.STOPPING) {
      stopped(child);
    } else {
      answerTried(child);
      over(child, "ignored");
      rest(child);
      completed(child);
    }
  }

  private void failed(long run, ExitReason reason) {
    Child child = runs.get(run);
    if (child == null) {
      return;
    }
    if (child.phase == Child.Phase.STOPPING || isEnding) {
      stopped(child);
    } else {
      startFailed(child, reason);
    }
  }

  private void ended(long run, ExitReason reason) {
    Child child = runs.get(run);
    if (child == null) {
      return;
    }
    Lane lane = laneOf(child);
    if (child.phase == Child.Phase.STOPPING) {
      stopped(child);
    } else if (lane.activity != null) {
      child.phase = Child.Phase.DEAD;
      lane.waiting.add(new Event.Ended(run, reason));
    } else {
      decide(lane, child, reason);
    }
  }

  /// A child has ended by itself (SUP-4, SUP-9).
  private void decide(Lane lane, Child child, ExitReason reason) {
    if (reason.isAbnormal()) {
      child.crashes++;
    }
    if (child.restart.isDueAfter(reason)) {
      restart(lane, child, Activity.Pausing.NOTHING);
      return;
    }
    over(child, "not restarted (" + Texts.of(child.restart) + ")");
    rest(child);
    if (child.significant && isShutDownBy()) {
      end(ExitReason.shutdown());
    }
  }

  /// Whether the end of a significant child is the supervisor's.
  private boolean isShutDownBy() {
    return switch (spec.autoShutdown()) {
      case NEVER -> false;
      case ANY_SIGNIFICANT -> true;
      case ALL_SIGNIFICANT ->
          children.values().stream()
              .noneMatch(other -> other.significant && other.phase != Child.Phase.ABSENT);
    };
  }

  private void startFailed(Child child, ExitReason reason) {
    Lane lane = laneOf(child);
    Activity activity = activityOn(child);
    activity.current = null;
    switch (activity.purpose) {
      case Activity.Boot() -> {
        String what = "failed to start child " + child.id + ": " + reason;
        over(child, "give up, " + what);
        rest(child);
        end(new ExitReason.Shutdown(what));
      }
      case Activity.Restart _ -> restart(lane, child, Activity.Pausing.A_MESSAGE);
      case Activity.First(long ticket) -> {
        commands.add(new Command.Answer(ticket, new Command.Outcome.Tried(child.run)));
        over(child, "forgotten, it was not started");
        children.remove(child.id);
        finished(lane);
      }
      case Activity.Again(long ticket) -> {
        commands.add(new Command.Answer(ticket, new Command.Outcome.Tried(child.run)));
        over(child, "left stopped, it was not started");
        rest(child);
        finished(lane);
      }
      case Activity.Terminate _ -> throw new IllegalStateException("a termination starts nobody");
      case Activity.End _ -> throw new IllegalStateException("an end starts nobody");
    }
  }

  // Restarting

  /// Another attempt (SUP-6).
  private void restart(Lane lane, Child child, Activity.Pausing pausing) {
    switch (window.restartAt(now)) {
      case RestartWindow.Verdict.GivenUp() -> {
        over(child, "give up, more than " + spec.intensity());
        rest(child);
        end(ExitReason.shutdown());
      }
      case RestartWindow.Verdict.Allowed(RestartWindow next) -> {
        window = next;
        lane.countAttempt(spec.backoff(), pausing, now);
        over(child, spec.backoff().isNone() ? "restart" : "restart after a while");
        child.phase = Child.Phase.RESTARTING;
        List<Child> group = groupOf(lane);
        for (Child member : group) {
          if (member.phase == Child.Phase.ABSENT) {
            member.phase = Child.Phase.RESTARTING;
          }
        }
        regroup(lane, group, spec.backoff().isNone() ? pausing : Activity.Pausing.A_WHILE);
      }
    }
  }

  /// Who restarts together with the first that is to be restarted (SUP-5).
  private List<Child> groupOf(Lane lane) {
    if (lane.owner != null) {
      return List.of(lane.owner);
    }
    List<Child> all = List.copyOf(children.values());
    return switch (spec.strategy()) {
      case ONE_FOR_ONE -> throw new IllegalStateException("each child has a lane");
      case ONE_FOR_ALL -> all;
      case REST_FOR_ONE -> all.stream().dropWhile(child -> !child.isRestarting()).toList();
    };
  }

  private void regroup(Lane lane, List<Child> group, Activity.Pausing pausing) {
    Activity restart = new Activity(new Activity.Restart(pausing));
    for (Child member : group.reversed()) {
      if (member.hasRun()) {
        restart.stops.add(member);
      }
    }
    lane.pause = 0;
    begin(lane, restart);
  }

  private void pause(Lane lane, Activity.Pausing pausing) {
    lane.pause = ++pausesMade;
    pauses.put(lane.pause, lane);
    commands.add(
        new Command.Pause(lane.pause, pausing == Activity.Pausing.A_WHILE ? lane.attempts : 0));
    finished(lane);
  }

  private void resumed(long pause) {
    Lane lane = pauses.get(pause);
    if (lane == null || isEnding) {
      return;
    }
    if (lane.activity != null) {
      lane.waiting.add(new Event.Resumed(pause));
      return;
    }
    pauses.remove(pause);
    List<Child> group = groupOf(lane);
    if (lane.pause == pause && group.stream().anyMatch(Child::isRestarting)) {
      regroup(lane, group, Activity.Pausing.NOTHING);
    }
  }

  // Requests

  private void asked(Event.Asked asked) {
    if (isEnding) {
      return; // whoever asked is told that the supervisor has ended
    }
    Child child = children.get(idIn(asked));
    Lane lane = child != null ? laneOf(child) : laneOfNobody();
    if (lane.activity == null) {
      serve(asked, lane, child);
    } else if (lane.waiting.size() < WAITING_MAX) {
      lane.waiting.add(asked);
    } else {
      commands.add(new Command.Refuse(asked.ticket()));
    }
  }

  private static String idIn(Event.Asked asked) {
    return switch (asked) {
      case Event.StartAsked(long _, ChildSpec<?> child) -> child.id();
      case Event.RestartAsked(long _, String id) -> id;
      case Event.TerminateAsked(long _, String id) -> id;
      case Event.DeleteAsked(long _, String id) -> id;
    };
  }

  private void serve(Event.Asked asked, Lane lane, @Nullable Child child) {
    switch (asked) {
      case Event.StartAsked(long ticket, ChildSpec<?> wanted) -> startChild(ticket, wanted, child);
      case Event.RestartAsked(long ticket, String _) -> restartChild(ticket, lane, child);
      case Event.TerminateAsked(long ticket, String _) -> terminateChild(ticket, lane, child);
      case Event.DeleteAsked(long ticket, String _) -> deleteChild(ticket, child);
    }
  }

  private void startChild(long ticket, ChildSpec<?> wanted, @Nullable Child known) {
    if (known != null) {
      answer(
          ticket,
          known.hasRun() ? new Command.Outcome.Running(known.run) : new Command.Outcome.Present());
    } else if (!spec.accepts(wanted)) {
      answer(ticket, new Command.Outcome.Rejected(SupervisorSpec.notAccepted(wanted)));
    } else {
      Child child = new Child(wanted);
      children.put(wanted.id(), child);
      Activity first = new Activity(new Activity.First(ticket));
      first.starts.add(child);
      begin(laneOf(child), first);
    }
  }

  private void restartChild(long ticket, Lane lane, @Nullable Child child) {
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
    } else if (child.phase == Child.Phase.RESTARTING) {
      answer(ticket, new Command.Outcome.Restarting());
    } else if (child.hasRun()) {
      answer(ticket, new Command.Outcome.Running(child.run));
    } else {
      Activity again = new Activity(new Activity.Again(ticket));
      again.starts.add(child);
      begin(lane, again);
    }
  }

  private void terminateChild(long ticket, Lane lane, @Nullable Child child) {
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
    } else if (child.hasRun()) {
      Activity terminate = new Activity(new Activity.Terminate(ticket));
      terminate.stops.add(child);
      begin(lane, terminate);
    } else {
      child.phase = Child.Phase.ABSENT;
      answer(ticket, new Command.Outcome.Done());
    }
  }

  private void deleteChild(long ticket, @Nullable Child child) {
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
    } else if (child.phase == Child.Phase.RESTARTING) {
      answer(ticket, new Command.Outcome.Restarting());
    } else if (child.hasRun()) {
      answer(ticket, new Command.Outcome.Running(child.run));
    } else {
      children.remove(child.id);
      answer(ticket, new Command.Outcome.Done());
    }
  }

  private void answer(long ticket, Command.Outcome outcome) {
    commands.add(new Command.Answer(ticket, outcome));
  }

  // Lanes and activities

  private Lane laneOf(Child child) {
    return hasOwnLanes() ? child.lane : common;
  }

  /// Where requests for a child wait that there is not: with one lane, behind whoever may make it.
  private Lane laneOfNobody() {
    return hasOwnLanes() ? new Lane(null) : common;
  }

  private boolean hasOwnLanes() {
    return isUp && !isEnding && spec.strategy() == RestartStrategy.ONE_FOR_ONE;
  }

  /// The activity that is starting or stopping this child.
  private Activity activityOn(Child child) {
    Activity activity = laneOf(child).activity;
    if (activity == null || activity.current != child) {
      throw new IllegalStateException("nobody was starting " + child.id);
    }
    return activity;
  }

  private void begin(Lane lane, Activity activity) {
    lane.activity = activity;
    advance(lane);
  }

  /// Goes on until a child must be waited for.
  private void advance(Lane lane) {
    Activity activity = lane.activity;
    while (activity != null && activity.current == null) {
      if (!activity.stops.isEmpty()) {
        stop(activity, activity.stops.removeFirst());
      } else if (!activity.hasStopped) {
        activity.hasStopped = true;
        hasStopped(lane, activity);
      } else if (!activity.starts.isEmpty()) {
        start(activity, activity.starts.removeFirst());
      } else {
        finish(lane, activity);
      }
      activity = lane.activity;
    }
  }

  private void hasStopped(Lane lane, Activity activity) {
    if (activity.purpose instanceof Activity.Restart(Activity.Pausing pausing)) {
      if (pausing == Activity.Pausing.NOTHING) {
        groupOf(lane).stream().filter(Child::isRestarting).forEach(activity.starts::add);
      } else {
        pause(lane, pausing);
      }
    }
  }

  private void finish(Lane lane, Activity activity) {
    switch (activity.purpose) {
      case Activity.Boot() -> {
        isUp = true;
        commands.add(new Command.Ready());
        finished(lane);
      }
      case Activity.Restart _ -> {
        lane.steadySince = now;
        finished(lane);
      }
      case Activity.First _ -> finished(lane);
      case Activity.Again _ -> finished(lane);
      case Activity.Terminate(long ticket) -> {
        answer(ticket, new Command.Outcome.Done());
        finished(lane);
      }
      case Activity.End(ExitReason reason) -> {
        lane.activity = null;
        commands.add(new Command.Exit(reason));
      }
    }
  }

  private void finished(Lane lane) {
    lane.activity = null;
    idle.add(lane);
  }

  private void start(Activity activity, Child child) {
    if (child.process == null) {
      throw new IllegalStateException(child.id + " is temporary and was started before");
    }
    activity.current = child;
    child.phase = Child.Phase.STARTING;
    child.run = ++runsMade;
    runs.put(child.run, child);
    commands.add(new Command.Start(child.run, child.process));
  }

  private void stop(Activity activity, Child child) {
    Child.Phase phase = child.phase;
    if (phase == Child.Phase.DEAD) {
      settle(activity, child);
    } else if (phase == Child.Phase.STOPPING) {
      activity.current = child;
    } else if (child.hasRun()) {
      activity.current = child;
      child.phase = Child.Phase.STOPPING;
      commands.add(new Command.Stop(child.run, child.shutdown));
    }
  }

  /// A child has ended that was being stopped, or did not come up while the supervisor ends.
  private void stopped(Child child) {
    Lane lane = laneOf(child);
    Activity activity = lane.activity;
    if (activity == null) {
      throw new IllegalStateException("nobody was stopping " + child.id);
    }
    settle(activity, child);
    if (activity.current == child) {
      activity.current = null;
      advance(lane);
    }
  }

  private void settle(Activity activity, Child child) {
    over(child, "stopped " + because(activity.purpose));
    if (activity.purpose instanceof Activity.Restart && !child.isTemporary()) {
      child.phase = Child.Phase.RESTARTING;
    } else {
      rest(child);
    }
  }

  private static String because(Activity.Purpose purpose) {
    return switch (purpose) {
      case Activity.Restart _ -> "to restart with others";
      case Activity.Terminate _ -> "by request";
      case Activity.End _ -> "with its supervisor";
      case Activity.Boot _, Activity.First _, Activity.Again _ ->
          throw new IllegalStateException(purpose + " stops nobody");
    };
  }

  /// A child has been started, or does not want to be.
  private void completed(Child child) {
    Lane lane = laneOf(child);
    Activity activity = lane.activity;
    if (activity != null && activity.current == child) {
      activity.current = null;
      advance(lane);
    }
  }

  private void answerTried(Child child) {
    Activity activity = laneOf(child).activity;
    if (activity != null && activity.current == child) {
      switch (activity.purpose) {
        case Activity.First(long ticket) -> answer(ticket, new Command.Outcome.Tried(child.run));
        case Activity.Again(long ticket) -> answer(ticket, new Command.Outcome.Tried(child.run));
        case Activity.Boot _, Activity.Restart _, Activity.Terminate _, Activity.End _ -> {}
      }
    }
  }

  /// A run is over.
  private void over(Child child, String decision) {
    runs.remove(child.run);
    commands.add(new Command.Over(child.run, decision));
    child.run = 0;
  }

  /// A child does not run and will not by itself; if it is temporary it is forgotten.
  private void rest(Child child) {
    child.phase = Child.Phase.ABSENT;
    if (child.isTemporary()) {
      children.remove(child.id);
    }
  }
}
