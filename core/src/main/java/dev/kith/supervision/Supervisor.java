package dev.kith.supervision;

import dev.kith.process.ExitReason;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A supervisor keeps a list of children running.
///
/// Children start in list order and stop in reverse, one at a time; the supervisor itself is up
/// when all of them are. When a child ends, [Restart] says whether it restarts and
/// [RestartStrategy] who restarts with it. With more restarts than [RestartIntensity] allows, the
/// supervisor stops its children and exits with [ExitReason.Shutdown], for its own supervisor to
/// decide.
///
/// ```java
/// node.start(Supervisor.spec(SupervisorSpec.oneForOne(child, other)), within);
/// node.call(supervisor, new Supervisor.TerminateChild("counter"), within);
/// ```
///
/// **Ordering.** Ends of children and requests are served in the order they come; under `oneForOne`
/// a child that is starting or stopping holds up only what concerns itself. **Threading.** A server
/// like any other, which never waits: it uses nothing that other code could not. **Failure.** A
/// child that fails to start when the supervisor does stops those before it and fails the
/// supervisor's start. A supervisor told to end by its parent, or by its node if it has none, stops
/// its children first. **Limits.** A thousand requests wait for a supervisor that is busy; more are
/// told [ExitReason.Overloaded].
public final class Supervisor implements Server<Supervisor.Message> {

  /// What a supervisor is asked and told.
  public sealed interface Message
      permits ChildSignal,
          StartChild,
          RestartChild,
          TerminateChild,
          DeleteChild,
          CountChildren,
          WhichChildren {}

  /// Starts one more child, after those there are.
  ///
  /// @param child the child
  /// @param <M> the messages that it takes
  public record StartChild<M>(ChildSpec<M> child) implements Message, Request<ChildStart<M>> {}

  /// Starts a child again that has stopped.
  ///
  /// @param id which
  public record RestartChild(String id) implements Message, Request<ChildRestart> {}

  /// Stops a child. It is kept, stopped, unless it is temporary.
  ///
  /// @param id which
  public record TerminateChild(String id) implements Message, Request<ChildTermination> {}

  /// Forgets a child that has stopped.
  ///
  /// @param id which
  public record DeleteChild(String id) implements Message, Request<ChildDeletion> {}

  /// How many children there are.
  public record CountChildren() implements Message, Request<ChildCounts> {}

  /// Which children there are, in start order.
  public record WhichChildren() implements Message, Request<List<ChildReport>> {}

  private final SupervisorState state;
  private final Brood<Message> brood;

  private Supervisor(SupervisorSpec spec) {
    state = new SupervisorState(spec);
    brood = new Brood<>(signal -> signal, spec.backoff());
  }

  /// A process that is such a supervisor.
  public static ProcessSpec<Message> spec(SupervisorSpec spec) {
    return ProcessSpec.server(Message.class, () -> new Supervisor(spec));
  }

  @Override
  public void started(Self<Message> self) {
    brood.listen(self);
    self.deferReady();
    react(self, new Event.Begun());
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case ChildSignal signal -> {
        Event event = brood.eventOf(self, signal);
        if (event != null) {
          react(self, event);
        }
      }
      case StartChild<?> request -> startChild(self, request);
      case RestartChild request -> {
        long ticket = brood.take(self.replyTo(request), this::restart);
        react(self, new Event.RestartAsked(ticket, request.id()));
      }
      case TerminateChild request -> {
        long ticket = brood.take(self.replyTo(request), Supervisor::termination);
        react(self, new Event.TerminateAsked(ticket, request.id()));
      }
      case DeleteChild request -> {
        long ticket = brood.take(self.replyTo(request), Supervisor::deletion);
        react(self, new Event.DeleteAsked(ticket, request.id()));
      }
      case CountChildren request -> self.reply(request, counts());
      case WhichChildren request -> self.reply(request, reports());
    }
  }

  /// The children, as [WhichChildren] tells them.
  @Override
  public Object inspect() {
    return reports();
  }

  private void react(Self<Message> self, Event event) {
    Duration now = Duration.ofNanos(self.node().clock().nanos());
    brood.execute(self, state.step(now, event));
  }

  private <M> void startChild(Self<Message> self, StartChild<M> request) {
    long ticket = brood.take(self.replyTo(request), outcome -> this.<M>start(outcome));
    react(self, new Event.StartAsked(ticket, request.child()));
  }

  // What requests came to

  private <M> ChildStart<M> start(Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Tried(long run) -> start(this.<M>resultOf(run));
      case Command.Outcome.Running(long run) -> new ChildStart.AlreadyStarted<>(brood.pidOf(run));
      case Command.Outcome.Present() -> new ChildStart.AlreadyPresent<>();
      case Command.Outcome.Rejected(String why) ->
          new ChildStart.Failed<>(new ExitReason.Custom(why));
      case Command.Outcome.Restarting _, Command.Outcome.NotFound _, Command.Outcome.Done _ ->
          throw unexpected(outcome);
    };
  }

  @SuppressWarnings("unchecked") // the run is of the child that was asked for
  private <M> StartResult<M> resultOf(long run) {
    return (StartResult<M>) brood.resultOf(run);
  }

  private static <M> ChildStart<M> start(StartResult<M> result) {
    return switch (result) {
      case StartResult.Started<M>(ProcessRef<M> process) -> new ChildStart.Started<>(process);
      case StartResult.Ignored<M>() -> new ChildStart.Ignored<>();
      case StartResult.AlreadyStarted<M>(Pid holder) -> new ChildStart.AlreadyStarted<>(holder);
      case StartResult.Failed<M>(ExitReason reason) -> new ChildStart.Failed<>(reason);
    };
  }

  private ChildRestart restart(Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Tried(long run) -> restart(brood.resultOf(run));
      case Command.Outcome.Running(long run) -> new ChildRestart.Running(brood.pidOf(run));
      case Command.Outcome.Restarting() -> new ChildRestart.Restarting();
      case Command.Outcome.NotFound() -> new ChildRestart.NotFound();
      case Command.Outcome.Present _, Command.Outcome.Rejected _, Command.Outcome.Done _ ->
          throw unexpected(outcome);
    };
  }

  private static ChildRestart restart(StartResult<?> result) {
    return switch (result) {
      case StartResult.Started<?>(ProcessRef<?> process) ->
          new ChildRestart.Restarted(process.pid());
      case StartResult.Ignored<?>() -> new ChildRestart.Ignored();
      case StartResult.AlreadyStarted<?>(Pid holder) ->
          new ChildRestart.Failed(new ExitReason.Custom("already started: " + holder));
      case StartResult.Failed<?>(ExitReason reason) -> new ChildRestart.Failed(reason);
    };
  }

  private static ChildTermination termination(Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Done() -> ChildTermination.TERMINATED;
      case Command.Outcome.NotFound() -> ChildTermination.NOT_FOUND;
      case Command.Outcome.Tried _,
          Command.Outcome.Running _,
          Command.Outcome.Restarting _,
          Command.Outcome.Present _,
          Command.Outcome.Rejected _ ->
          throw unexpected(outcome);
    };
  }

  private static ChildDeletion deletion(Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Done() -> ChildDeletion.DELETED;
      case Command.Outcome.NotFound() -> ChildDeletion.NOT_FOUND;
      case Command.Outcome.Running _ -> ChildDeletion.RUNNING;
      case Command.Outcome.Restarting() -> ChildDeletion.RESTARTING;
      case Command.Outcome.Tried _, Command.Outcome.Present _, Command.Outcome.Rejected _ ->
          throw unexpected(outcome);
    };
  }

  private static IllegalStateException unexpected(Command.Outcome outcome) {
    return new IllegalStateException("not an answer to this request: " + outcome);
  }

  // Pictures

  private ChildCounts counts() {
    List<ChildReport> all = reports();
    int active = 0;
    int supervisors = 0;
    for (ChildReport child : all) {
      active += child.status() instanceof ChildReport.Running ? 1 : 0;
      supervisors += child.type() == ChildType.SUPERVISOR ? 1 : 0;
    }
    return new ChildCounts(all.size(), active, supervisors, all.size() - supervisors);
  }

  private List<ChildReport> reports() {
    return state.pictures().stream()
        .map(child -> new ChildReport(child.id(), status(child), child.type(), child.crashes()))
        .toList();
  }

  private ChildReport.Status status(SupervisorState.Picture child) {
    Pid pid = brood.findPid(child.run());
    return switch (child.phase()) {
      case ABSENT -> new ChildReport.Stopped();
      case RESTARTING -> new ChildReport.Restarting();
      case STARTING -> pid == null ? new ChildReport.Restarting() : new ChildReport.Starting(pid);
      case UP, DEAD, STOPPING -> running(pid);
    };
  }

  private static ChildReport.Status running(@Nullable Pid pid) {
    return pid == null ? new ChildReport.Stopped() : new ChildReport.Running(pid);
  }
}
