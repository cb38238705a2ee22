package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;
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

  enum Phase {
    ABSENT,
    STARTING,
    UP,
    DEAD,
    STOPPING,
    RESTARTING
  }

  /// A child: what must be known of it, running or not.
  private static final class Child {
    final String id;
    final ChildType type;
    final Restart restart;
    final Shutdown shutdown;
    final boolean significant;
    final Lane lane = new Lane(this);

    /// Null once a temporary child is up, because its arguments may be large (SUP-12).
    @Nullable ProcessSpec<?> process;

    Phase phase = Phase.ABSENT;

    /// The current run; 0 if there is none.
    long run;

    Child(ChildSpec<?> spec) {
      this.id = spec.id();
      this.type = spec.type();
      this.restart = spec.restart();
      this.shutdown = spec.shutdown();
      this.significant = spec.isSignificant();
      this.process = spec.process();
    }

    boolean hasRun() {
      return run != 0;
    }

    boolean isTemporary() {
      return restart == Restart.TEMPORARY;
    }
  }

  /// What is done one after the other.
  private static final class Lane {
    /// Whose it is; null for the lane of all.
    final @Nullable Child owner;

    final Deque<Event> waiting = new ArrayDeque<>();
    @Nullable Activity activity;

    /// The pause after which it goes on; 0 for none.
    long pause;

    /// Restarts in a row, for the back-off.
    int attempts;

    /// When the last restart was complete.
    Duration steadySince = Duration.ZERO;

    Lane(@Nullable Child owner) {
      this.owner = owner;
    }
  }

  /// What a lane is doing.
  private static final class Activity {
    final Purpose purpose;
    final Deque<Child> stops = new ArrayDeque<>();
    final Deque<Child> starts = new ArrayDeque<>();

    /// Who is being started or stopped.
    @Nullable Child current;

    boolean hasStopped;

    Activity(Purpose purpose) {
      this.purpose = purpose;
    }
  }

  private sealed interface Purpose {
    record Boot() implements Purpose {}

    record Restart(Pausing pausing) implements Purpose {}

    record First(long ticket) implements Purpose {}

    record Again(long ticket) implements Purpose {}

    record Terminate(long ticket) implements Purpose {}

    record End(ExitReason reason) implements Purpose {}
  }

  /// What lies between the stops and the starts of a restart.
  private enum Pausing {
    NOTHING,
    A_MESSAGE,
    A_WHILE
  }

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
  record Picture(String id, ChildType type, Phase phase, long run) {}

  /// How all children are, in start order.
  List<Picture> pictures() {
    return children.values().stream()
        .map(child -> new Picture(child.id, child.type, child.phase, child.run))
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
    Activity boot = new Activity(new Purpose.Boot());
    boot.starts.addAll(children.values());
    begin(common, boot);
  }

  private void end(ExitReason reason) {
    if (isEnding) {
      return;
    }
    isEnding = true;
    common.waiting.clear();
    Activity end = new Activity(new Purpose.End(reason));
    end.stops.addAll(children.sequencedValues().reversed());
    begin(common, end);
  }

  // What becomes of children

  private void up(long run) {
    Child child = runs.get(run);
    if (child != null && child.phase == Phase.STARTING) {
      child.phase = Phase.UP;
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
    if (child.phase == Phase.STOPPING) {
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
    if (child.phase == Phase.STOPPING || isEnding) {
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
    if (child.phase == Phase.STOPPING) {
      stopped(child);
    } else if (lane.activity != null) {
      child.phase = Phase.DEAD;
      lane.waiting.add(new Event.Ended(run, reason));
    } else {
      decide(lane, child, reason);
    }
  }

  /// A child has ended by itself (SUP-4, SUP-9).
  private void decide(Lane lane, Child child, ExitReason reason) {
    if (child.restart.isDueAfter(reason)) {
      restart(lane, child, Pausing.NOTHING);
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
              .noneMatch(other -> other.significant && other.phase != Phase.ABSENT);
    };
  }

  private void startFailed(Child child, ExitReason reason) {
    Lane lane = laneOf(child);
    Activity activity = activityOn(child);
    activity.current = null;
    switch (activity.purpose) {
      case Purpose.Boot() -> {
        String what = "failed to start child " + child.id + ": " + reason;
        over(child, "give up, " + what);
        rest(child);
        end(new ExitReason.Shutdown(what));
      }
      case Purpose.Restart _ -> restart(lane, child, Pausing.A_MESSAGE);
      case Purpose.First(long ticket) -> {
        commands.add(new Command.Answer(ticket, new Command.Outcome.Tried(child.run)));
        over(child, "forgotten, it was not started");
        children.remove(child.id);
        finished(lane);
      }
      case Purpose.Again(long ticket) -> {
        commands.add(new Command.Answer(ticket, new Command.Outcome.Tried(child.run)));
        over(child, "left stopped, it was not started");
        rest(child);
        finished(lane);
      }
      case Purpose.Terminate _ -> throw new IllegalStateException("a termination starts nobody");
      case Purpose.End _ -> throw new IllegalStateException("an end starts nobody");
    }
  }

  // Restarting

  /// Another attempt (SUP-6).
  private void restart(Lane lane, Child child, Pausing pausing) {
    switch (window.restartAt(now)) {
      case RestartWindow.Verdict.GivenUp() -> {
        over(child, "give up, more than " + spec.intensity());
        rest(child);
        end(ExitReason.shutdown());
      }
      case RestartWindow.Verdict.Allowed(RestartWindow next) -> {
        window = next;
        countAttempt(lane, pausing);
        over(child, spec.backoff().isNone() ? "restart" : "restart after a while");
        child.phase = Phase.RESTARTING;
        List<Child> group = groupOf(lane);
        for (Child member : group) {
          if (member.phase == Phase.ABSENT) {
            member.phase = Phase.RESTARTING;
          }
        }
        regroup(lane, group, spec.backoff().isNone() ? pausing : Pausing.A_WHILE);
      }
    }
  }

  private void countAttempt(Lane lane, Pausing pausing) {
    boolean wasUp = pausing == Pausing.NOTHING;
    if (wasUp && spec.backoff().isOverAfter(now.minus(lane.steadySince))) {
      lane.attempts = 0;
    }
    lane.attempts++;
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
      case REST_FOR_ONE -> all.stream().dropWhile(child -> !isRestarting(child)).toList();
    };
  }

  private static boolean isRestarting(Child child) {
    return child.phase == Phase.RESTARTING;
  }

  private void regroup(Lane lane, List<Child> group, Pausing pausing) {
    Activity restart = new Activity(new Purpose.Restart(pausing));
    for (Child member : group.reversed()) {
      if (member.hasRun()) {
        restart.stops.add(member);
      }
    }
    lane.pause = 0;
    begin(lane, restart);
  }

  private void pause(Lane lane, Pausing pausing) {
    lane.pause = ++pausesMade;
    pauses.put(lane.pause, lane);
    commands.add(new Command.Pause(lane.pause, pausing == Pausing.A_WHILE ? lane.attempts : 0));
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
    if (lane.pause == pause && group.stream().anyMatch(SupervisorState::isRestarting)) {
      regroup(lane, group, Pausing.NOTHING);
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
      Activity first = new Activity(new Purpose.First(ticket));
      first.starts.add(child);
      begin(laneOf(child), first);
    }
  }

  private void restartChild(long ticket, Lane lane, @Nullable Child child) {
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
    } else if (child.phase == Phase.RESTARTING) {
      answer(ticket, new Command.Outcome.Restarting());
    } else if (child.hasRun()) {
      answer(ticket, new Command.Outcome.Running(child.run));
    } else {
      Activity again = new Activity(new Purpose.Again(ticket));
      again.starts.add(child);
      begin(lane, again);
    }
  }

  private void terminateChild(long ticket, Lane lane, @Nullable Child child) {
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
    } else if (child.hasRun()) {
      Activity terminate = new Activity(new Purpose.Terminate(ticket));
      terminate.stops.add(child);
      begin(lane, terminate);
    } else {
      child.phase = Phase.ABSENT;
      answer(ticket, new Command.Outcome.Done());
    }
  }

  private void deleteChild(long ticket, @Nullable Child child) {
    if (child == null) {
      answer(ticket, new Command.Outcome.NotFound());
    } else if (child.phase == Phase.RESTARTING) {
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
    if (activity.purpose instanceof Purpose.Restart(Pausing pausing)) {
      if (pausing == Pausing.NOTHING) {
        groupOf(lane).stream().filter(SupervisorState::isRestarting).forEach(activity.starts::add);
      } else {
        pause(lane, pausing);
      }
    }
  }

  private void finish(Lane lane, Activity activity) {
    switch (activity.purpose) {
      case Purpose.Boot() -> {
        isUp = true;
        commands.add(new Command.Ready());
        finished(lane);
      }
      case Purpose.Restart _ -> {
        lane.steadySince = now;
        finished(lane);
      }
      case Purpose.First _ -> finished(lane);
      case Purpose.Again _ -> finished(lane);
      case Purpose.Terminate(long ticket) -> {
        answer(ticket, new Command.Outcome.Done());
        finished(lane);
      }
      case Purpose.End(ExitReason reason) -> {
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
    child.phase = Phase.STARTING;
    child.run = ++runsMade;
    runs.put(child.run, child);
    commands.add(new Command.Start(child.run, child.process));
  }

  private void stop(Activity activity, Child child) {
    Phase phase = child.phase;
    if (phase == Phase.DEAD) {
      settle(activity, child);
    } else if (phase == Phase.STOPPING) {
      activity.current = child;
    } else if (child.hasRun()) {
      activity.current = child;
      child.phase = Phase.STOPPING;
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
    if (activity.purpose instanceof Purpose.Restart && !child.isTemporary()) {
      child.phase = Phase.RESTARTING;
    } else {
      rest(child);
    }
  }

  private static String because(Purpose purpose) {
    return switch (purpose) {
      case Purpose.Restart _ -> "to restart with others";
      case Purpose.Terminate _ -> "by request";
      case Purpose.End _ -> "with its supervisor";
      case Purpose.Boot _, Purpose.First _, Purpose.Again _ ->
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
        case Purpose.First(long ticket) -> answer(ticket, new Command.Outcome.Tried(child.run));
        case Purpose.Again(long ticket) -> answer(ticket, new Command.Outcome.Tried(child.run));
        case Purpose.Boot _, Purpose.Restart _, Purpose.Terminate _, Purpose.End _ -> {}
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
    child.phase = Phase.ABSENT;
    if (child.isTemporary()) {
      children.remove(child.id);
    }
  }
}
