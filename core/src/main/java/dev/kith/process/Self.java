package dev.kith.process;

import dev.kith.observe.SystemEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A process's own view of itself: everything its code can do as this process.
///
/// Signals of others are turned into the process's own messages where it subscribes (`as`), so that
/// a handler stays one exhaustive switch. Every `as` runs in the process, as its own code.
///
/// **Threading.** Works only on the thread that runs the process's turn, while it runs it;
/// elsewhere every method but [#ref], [#pid] and [#node] throws `IllegalStateException`. Other
/// threads use [ProcessRef] and [Node]. **Failure.** Once the process has been killed every method
/// throws an `Error` that must not be caught; nothing it does has any further effect.
///
/// @param <M> the process's messages
public interface Self<M> {

  /// The reference by which others send to this process.
  ProcessRef<M> ref();

  /// Who this process is.
  Pid pid();

  /// The node it lives on.
  Node node();

  // Messages

  /// Sends a message. Never waits and never fails; see [ProcessRef#send].
  <N> void send(Address<? super N> to, N message);

  /// Asks and waits for the reply (CALL-1).
  ///
  /// The late reply to a call that timed out never arrives. A server should rather [#ask], though
  /// waiting here holds up nobody else.
  ///
  /// @throws ExitException if the process was not there, ended, refused, did not reply in time, or
  ///   waits, directly or over others of this node, for this process
  <R, Q extends Request<R>> R call(Address<? super Q> to, Q request, Duration within);

  /// Asks without waiting: the reply, or the failure, comes as one of the process's own messages.
  <R, Q extends Request<R>> Cancel ask(
      Address<? super Q> to,
      Q request,
      Duration within,
      Function<? super Answer<R>, ? extends M> as);

  /// Answers the request that is being handled. If it was only sent, nobody hears it.
  ///
  /// @throws IllegalStateException if `current` is not the message being handled
  <R> void reply(Request<R> current, R value);

  /// Takes the right to answer the request that is being handled, for later or for somebody else.
  ///
  /// @throws IllegalStateException if `current` is not the message being handled
  <R> ReplyTo<R> replyTo(Request<R> current);

  /// Lays the message that is being handled aside: it is handled again after [#retryPostponed]. It
  /// still counts as waiting; if it is a request, nobody need answer it now.
  ///
  /// @throws IllegalStateException in a body, outside `handle`, or a second time for one message
  void postpone();

  /// Puts all messages that were laid aside before those that wait, oldest first.
  void retryPostponed();

  /// A revocable second address with a protocol of its own.
  <E> Alias<E> alias(Class<E> protocol, Function<? super E, ? extends M> as);

  // Timers

  /// Sends this process a message later (JVM-9).
  Cancel sendAfter(Duration delay, M message);

  /// Sends this process a message again and again. A process that does not keep up finds at most
  /// one of them waiting. **Limits.** Periods are no shorter than a millisecond.
  Cancel sendEvery(Duration period, M message);

  // Processes

  /// Starts a process and does not wait for it.
  ///
  /// @throws ExitException if its name is taken
  <N> ProcessRef<N> spawn(ProcessSpec<N> spec);

  /// Starts a process that is linked to this one from its first moment (LNK-5).
  ///
  /// @throws ExitException if its name is taken
  <N> ProcessRef<N> spawnLinked(ProcessSpec<N> spec);

  /// Starts a process and monitors it from its first moment.
  ///
  /// @throws ExitException if its name is taken
  <N> ProcessRef<N> spawnMonitored(ProcessSpec<N> spec, Function<? super Down, ? extends M> as);

  /// Starts a linked process and is told, as one of this process's messages, when it is up or why
  /// not. A process that fails to start is not reported through its link.
  <N> Launch<N> start(ProcessSpec<N> spec, Function<? super StartResult<N>, ? extends M> as);

  /// Starts a process on another node, which must allow it ([Node#allow]), and is told of it or why
  /// not as one of this process's messages. That comes before anything else from the new process
  /// (SPN-3). Cancelled in time, nothing comes; the process may have been started all the same.
  <A, N> Cancel spawn(
      NodeName where,
      Blueprint<A, N> what,
      A argument,
      Function<? super Answer<ProcessRef<N>>, ? extends M> as);

  /// As [#spawn(NodeName, Blueprint, Object, Function)], and links the new process with this one
  /// from its first moment. If that was cancelled in time, a process that was started all the same
  /// gets an exit signal with the reason `abandoned` (SPN-5).
  <A, N> Cancel spawnLinked(
      NodeName where,
      Blueprint<A, N> what,
      A argument,
      Function<? super Answer<ProcessRef<N>>, ? extends M> as);

  /// Links this process with another (LNK-1). If there is no such process an exit signal with
  /// [ExitReason.NoProcess] comes back.
  void link(ProcessRef<?> peer);

  /// Takes a link away: from now on no exit of the peer reaches this process through it (LNK-3).
  void unlink(ProcessRef<?> peer);

  /// Watches a process: exactly one [Down] comes when it ends, or at once if it is not there.
  Cancel monitor(Address<?> peer, Function<? super Down, ? extends M> as);

  /// From now on exit signals, except a kill, become messages.
  ///
  /// For a [Server], an exit of the process that started it linked still ends it, after `terminate`
  /// (CALL-7); see [#trapParentExit].
  void trapExits(Function<? super Exit, ? extends M> as);

  /// From now on an exit signal of the parent becomes a message too, this one. The parent is who
  /// started this process linked; for a process that no process started it is the world outside
  /// ([Node#exit], [Node#close]). This process must then end itself.
  void trapParentExit(Function<? super Exit, ? extends M> as);

  /// Ends this process. Does not return.
  void exit(ExitReason reason);

  /// Sends another process an exit signal (semantics, section 3).
  void exit(ProcessRef<?> other, ExitReason reason);

  // Starting

  /// Says that this process is not up when `started` returns, but when it says so with [#ready].
  ///
  /// @throws IllegalStateException outside `started`
  void deferReady();

  /// Tells who started this process that it is up. Does nothing if that is already told.
  void ready();

  /// Ends this process, normally, and reports its start as [StartResult.Ignored]. Does not return.
  ///
  /// @throws IllegalStateException if the process is already up
  void ignoreStart();

  // Names and events

  /// Takes a name; false if it is taken or this process has one (NAM-1).
  boolean tryRegister(Name<M> name);

  /// Gives the name back, if this process has one.
  void unregister();

  /// Receives the node's system events of a type. A process that does not keep up loses those that
  /// its mailbox refuses, and nobody else is held up.
  <E extends SystemEvent> Cancel subscribe(Class<E> type, Function<? super E, ? extends M> as);

  /// The trace that the current message belongs to.
  Optional<TraceContext> trace();

  /// Makes the rest of this turn part of a trace.
  void trace(TraceContext context);
}
