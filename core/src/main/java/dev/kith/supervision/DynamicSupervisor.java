package dev.kith.supervision;

import dev.kith.process.Blueprint;
import dev.kith.process.ExitReason;
import dev.kith.process.Pid;
import dev.kith.process.ProcessSpec;
import dev.kith.process.ReplyTo;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.process.StartResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// A supervisor of any number of children of one sort, started when they are needed: sessions,
/// rooms, jobs.
///
/// A child is known by its pid. All are treated as [DynamicSupervisorSpec] says, each by itself,
/// and all stop at once when the supervisor does.
///
/// ```java
/// StartResult<Room.Message> started =
///     node.call(rooms, new DynamicSupervisor.Start<>(Room.BLUEPRINT, new Room.Topic("java")), within);
/// ```
///
/// **Threading.** A server like any other, which never waits; children start side by side.
/// **Failure.** A child that fails to start fails the request and is forgotten; one that fails to
/// *re*start is tried again, and each attempt counts. **Limits.** Each request and each end costs
/// the same, however many children there are; arguments of temporary children are not kept
/// (SUP-12).
public final class DynamicSupervisor implements Server<DynamicSupervisor.Message> {

  /// What a dynamic supervisor is asked and told.
  public sealed interface Message
      permits ChildSignal, Start, StartProcess, Terminate, CountChildren, WhichChildren {}

  /// Starts a child after a blueprint.
  ///
  /// @param blueprint how to make it
  /// @param arguments of what
  /// @param <A> the arguments
  /// @param <M> the messages that the child takes
  public record Start<A, M>(Blueprint<A, M> blueprint, A arguments)
      implements Message, Request<StartResult<M>> {}

  /// Starts a child that is more than a blueprint says: named, say, or with a mailbox of its own.
  ///
  /// @param process the child
  /// @param <M> the messages that the child takes
  public record StartProcess<M>(ProcessSpec<M> process)
      implements Message, Request<StartResult<M>> {}

  /// Stops a child and forgets it.
  ///
  /// @param child its pid
  public record Terminate(Pid child) implements Message, Request<ChildTermination> {}

  /// How many children there are. All count as workers.
  public record CountChildren() implements Message, Request<ChildCounts> {}

  /// The pids of all children that have not ended, in the order they were started.
  public record WhichChildren() implements Message, Request<List<Pid>> {}

  private final DynamicState state;
  private final Brood<Message> brood;

  private DynamicSupervisor(DynamicSupervisorSpec spec) {
    state = new DynamicState(spec);
    brood = new Brood<>(signal -> signal, RestartBackoff.none());
  }

  /// A process that is such a supervisor.
  public static ProcessSpec<Message> spec(DynamicSupervisorSpec spec) {
    return ProcessSpec.server(Message.class, () -> new DynamicSupervisor(spec));
  }

  @Override
  public void started(Self<Message> self) {
    brood.listen(self);
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case ChildSignal signal -> {
        Event.Happened event = brood.eventOf(self, signal);
        if (event != null) {
          brood.execute(self, state.step(now(self), event));
        }
      }
      case Start<?, ?> request -> start(self, request);
      case StartProcess<?> request -> start(self, request);
      case Terminate request -> {
        long ticket = brood.take(self.replyTo(request), DynamicSupervisor::termination);
        Long run = brood.runOf(request.child());
        brood.execute(self, state.terminate(now(self), ticket, run));
      }
      case CountChildren request -> self.reply(request, state.counts());
      case WhichChildren request -> self.reply(request, brood.pids());
    }
  }

  /// How many children there are.
  @Override
  public Object inspect() {
    return state.counts();
  }

  private static Duration now(Self<Message> self) {
    return Duration.ofNanos(self.node().clock().nanos());
  }

  private <A, M> void start(Self<Message> self, Start<A, M> request) {
    ProcessSpec<M> process = ProcessSpec.of(request.blueprint(), request.arguments());
    start(self, self.replyTo(request), process);
  }

  private <M> void start(Self<Message> self, StartProcess<M> request) {
    start(self, self.replyTo(request), request.process());
  }

  private <M> void start(Self<Message> self, ReplyTo<StartResult<M>> to, ProcessSpec<M> process) {
    Function<Command.Outcome, StartResult<M>> result = this::result;
    brood.execute(self, state.start(now(self), brood.take(to, result), process));
  }

  @SuppressWarnings("unchecked") // the run is of the child that was asked for
  private <M> StartResult<M> result(Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Tried(long run) -> (StartResult<M>) brood.resultOf(run);
      case Command.Outcome.Rejected(String why) ->
          new StartResult.Failed<>(new ExitReason.Custom(why));
      case Command.Outcome.Running _,
          Command.Outcome.Restarting _,
          Command.Outcome.Present _,
          Command.Outcome.NotFound _,
          Command.Outcome.Done _ ->
          throw unexpected(outcome);
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

  private static IllegalStateException unexpected(Command.Outcome outcome) {
    return new IllegalStateException("not an answer to this request: " + outcome);
  }
}
