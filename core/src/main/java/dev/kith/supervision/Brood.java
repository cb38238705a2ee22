package dev.kith.supervision;

import dev.kith.process.Cancel;
import dev.kith.process.ExitReason;
import dev.kith.process.Launch;
import dev.kith.process.Pid;
import dev.kith.process.ProcessEvent;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.ReplyTo;
import dev.kith.process.Self;
import dev.kith.process.StartResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * The side of a supervisor that touches processes: it does what a pure state has decided, and turns
 * signals into the events that the state understands.
 *
 * One end, three messengers. The end of a child may be told by the answer to its start (it did not come
 * up), by its link, and, once it is being stopped, by a monitor, which is there for a child that has
 * unlinked itself (SUP-8). Which comes first is not promised; the first one counts, and the state hears of
 * each run's end exactly once.
 *
 * A ward outlives its process: until the state has said what becomes of it (`Over`), so that requests and
 * crash reports can still name it.
 */
/// The processes that a supervisor has started.
///
/// **Threading.** Belongs to the supervisor's process. **Limits.** As many as the supervisor's
/// state starts.
///
/// @param <M> the supervisor's messages
final class Brood<M> {
  private final Function<ChildSignal, M> as;
  private final RestartBackoff backoff;

  /// In the order they were started, so that stopping all of them has an order.
  private final Map<Long, Ward> wards = new LinkedHashMap<>();

  private final Map<Pid, Long> runs = new HashMap<>();
  private final Map<Long, Waiting> tickets = new HashMap<>();
  private long ticketsTaken;

  /// One run of one child.
  private static final class Ward {
    @Nullable ProcessRef<?> process;
    @Nullable StartResult<?> tried;
    @Nullable Cancel monitor;
    @Nullable Cancel timer;

    /// Set when its end is known.
    @Nullable ExitReason end;
  }

  /// Somebody waits for an answer.
  private record Waiting(Consumer<Command.Outcome> answer, ReplyTo<?> to) {}

  /// @param as makes a signal a message of the supervisor's own
  Brood(Function<ChildSignal, M> as, RestartBackoff backoff) {
    this.as = as;
    this.backoff = backoff;
  }

  /// Begins to hear of exits.
  void listen(Self<M> self) {
    self.trapExits(exit -> as.apply(new ChildSignal.Exited(exit.pid(), exit.reason())));
    self.trapParentExit(exit -> as.apply(new ChildSignal.ParentExited(exit.reason())));
  }

  // Signals

  /// What a signal means; null if it means nothing new.
  Event.@Nullable Happened eventOf(Self<M> self, ChildSignal signal) {
    return switch (signal) {
      case ChildSignal.Tried(long run, StartResult<?> result) -> tried(run, result);
      case ChildSignal.Exited(Pid pid, ExitReason reason) -> exited(self, pid, reason);
      case ChildSignal.Down(long run, ExitReason reason) -> ended(run, reason);
      case ChildSignal.Overdue(long run) -> {
        kill(self, wards.get(run));
        yield null;
      }
      case ChildSignal.AllOverdue() -> {
        wards.values().forEach(ward -> kill(self, ward));
        yield null;
      }
      case ChildSignal.Resumed(long pause) -> new Event.Resumed(pause);
      case ChildSignal.ParentExited(ExitReason reason) -> new Event.StopAsked(reason);
    };
  }

  private Event.@Nullable Happened tried(long run, StartResult<?> result) {
    Ward ward = wards.get(run);
    if (ward == null || ward.end != null) {
      return null;
    }
    ward.tried = result;
    return switch (result) {
      case StartResult.Started<?> _ -> new Event.Up(run);
      case StartResult.Failed<?>(ExitReason reason) -> failed(run, ward, reason);
      case StartResult.AlreadyStarted<?>(Pid holder) ->
          failed(run, ward, new ExitReason.Custom("already started: " + holder));
      case StartResult.Ignored<?>() -> {
        isOver(ward, ExitReason.normal());
        yield new Event.Ignored(run);
      }
    };
  }

  /// A living child that only wants its supervisor to end is a stranger like any other.
  private Event.@Nullable Happened exited(Self<M> self, Pid pid, ExitReason reason) {
    Long run = runs.get(pid);
    Ward ward = run == null ? null : wards.get(run);
    if (run == null || ward == null || ward.process == null) {
      return null;
    }
    return self.node().isAlive(ward.process) ? null : ended(run, reason);
  }

  private static Event.Happened failed(long run, Ward ward, ExitReason reason) {
    isOver(ward, reason);
    return new Event.Failed(run, reason);
  }

  private Event.@Nullable Happened ended(long run, ExitReason reason) {
    Ward ward = wards.get(run);
    if (ward == null || ward.end != null) {
      return null;
    }
    isOver(ward, reason);
    return new Event.Ended(run, reason);
  }

  private static void isOver(Ward ward, ExitReason reason) {
    ward.end = reason;
    if (ward.monitor != null) {
      ward.monitor.cancel();
    }
    if (ward.timer != null) {
      ward.timer.cancel();
    }
  }

  // Requests

  /// Takes a request to answer it when the state has decided.
  ///
  /// @return the ticket
  <R> long take(ReplyTo<R> to, Function<Command.Outcome, R> result) {
    long ticket = ++ticketsTaken;
    tickets.put(ticket, new Waiting(outcome -> to.reply(result.apply(outcome)), to));
    return ticket;
  }

  /// The process of a run.
  Pid pidOf(long run) {
    Pid pid = findPid(run);
    if (pid == null) {
      throw new IllegalStateException("run " + run + " has no process");
    }
    return pid;
  }

  /// The process of a run; null if there is no such run or it has none.
  @Nullable Pid findPid(long run) {
    Ward ward = wards.get(run);
    return ward == null || ward.process == null ? null : ward.process.pid();
  }

  /// The run of a process; null if it is not, or no longer, a child.
  @Nullable Long runOf(Pid pid) {
    return runs.get(pid);
  }

  /// What a start came to.
  StartResult<?> resultOf(long run) {
    Ward ward = wards.get(run);
    if (ward == null || ward.tried == null) {
      throw new IllegalStateException("run " + run + " was not tried");
    }
    return ward.tried;
  }

  /// All processes that live, as far as is known.
  List<Pid> pids() {
    return wards.values().stream()
        .filter(ward -> ward.end == null && ward.process != null)
        .map(ward -> ward.process.pid())
        .toList();
  }

  // Commands

  /// Does what was decided, in order.
  void execute(Self<M> self, List<Command> commands) {
    for (Command command : commands) {
      execute(self, command);
    }
  }

  private void execute(Self<M> self, Command command) {
    switch (command) {
      case Command.Start(long run, ProcessSpec<?> process) -> start(self, run, process);
      case Command.Stop(long run, Shutdown how) -> stop(self, run, how);
      case Command.StopAll(Shutdown how) -> stopAll(self, how);
      case Command.Over(long run, String decision) -> over(self, run, decision);
      case Command.Pause(long pause, int attempt) -> pause(self, pause, attempt);
      case Command.Ready() -> self.ready();
      case Command.Answer(long ticket, Command.Outcome outcome) ->
          waiting(ticket).answer().accept(outcome);
      case Command.Refuse(long ticket) -> waiting(ticket).to().fail(ExitReason.overloaded());
      case Command.Exit(ExitReason reason) -> self.exit(reason);
    }
  }

  private <N> void start(Self<M> self, long run, ProcessSpec<N> process) {
    Ward ward = new Ward();
    wards.put(run, ward);
    Launch<N> launch = self.start(process, result -> as.apply(new ChildSignal.Tried(run, result)));
    ProcessRef<N> started = launch.process().orElse(null);
    if (started != null) {
      ward.process = started;
      runs.put(started.pid(), run);
    }
  }

  private void stop(Self<M> self, long run, Shutdown how) {
    Ward ward = wards.get(run);
    if (ward == null || ward.end != null) {
      throw new IllegalStateException("run " + run + " has ended");
    }
    askToEnd(self, run, ward, how);
    if (how instanceof Shutdown.Within(Duration time)) {
      ward.timer = self.sendAfter(time, as.apply(new ChildSignal.Overdue(run)));
    }
  }

  private void stopAll(Self<M> self, Shutdown how) {
    wards.forEach((run, ward) -> {
      if (ward.end == null && ward.monitor == null) {
        askToEnd(self, run, ward, how);
      }
    });
    if (how instanceof Shutdown.Within(Duration time)) {
      self.sendAfter(time, as.apply(new ChildSignal.AllOverdue()));
    }
  }

  /// A child without a process is about to be reported as failed.
  private void askToEnd(Self<M> self, long run, Ward ward, Shutdown how) {
    ProcessRef<?> process = ward.process;
    if (process == null) {
      return;
    }
    ward.monitor =
        self.monitor(process, down -> as.apply(new ChildSignal.Down(run, down.reason())));
    boolean kills = how instanceof Shutdown.Kill;
    self.exit(process, kills ? ExitReason.kill() : ExitReason.shutdown());
  }

  private void kill(Self<M> self, @Nullable Ward ward) {
    if (ward != null && ward.end == null && ward.process != null) {
      self.exit(ward.process, ExitReason.kill());
    }
  }

  private void over(Self<M> self, long run, String decision) {
    Ward ward = wards.remove(run);
    if (ward == null || ward.end == null) {
      throw new IllegalStateException("run " + run + " is not over");
    }
    if (ward.process == null) {
      return;
    }
    Pid pid = ward.process.pid();
    runs.remove(pid);
    if (ward.end.isAbnormal() && self.node().events().isObserved(ProcessEvent.Decided.class)) {
      String by = self.ref().toString();
      self.node().events().publish(new ProcessEvent.Decided(pid, by, decision));
    }
  }

  /// By timer even if at once: a timer is not refused by a mailbox that is full.
  private void pause(Self<M> self, long pause, int attempt) {
    Duration wait =
        attempt == 0 ? Duration.ZERO : backoff.delay(attempt, self.node().entropy().bits());
    self.sendAfter(wait, as.apply(new ChildSignal.Resumed(pause)));
  }

  private Waiting waiting(long ticket) {
    Waiting waiting = tickets.remove(ticket);
    if (waiting == null) {
      throw new IllegalStateException("ticket " + ticket + " was answered");
    }
    return waiting;
  }
}
