package dev.kith.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// What passes between two nodes: the signals of section 1 of the semantics, as values.
///
/// The connection says which nodes; so processes are named by their serials alone. On the way out
/// `value` is a message, on the way in a [Letter].
///
/// **Ordering.** Signals that are [#from] the same process keep their order; others do not.
public sealed interface NodeSignal {
  /// How many bytes of UTF-8 a name in a signal has at most: more is not read.
  int NAME_BYTES_MAX = 1_024;

  /// Checks a name that signals are to carry.
  ///
  /// @param what whose name it is
  /// @throws IllegalArgumentException if it is too long
  static void requireName(String what, String name) {
    if (name.length() > NAME_BYTES_MAX / 3) { // no `char` has more than three bytes
      int bytes = name.getBytes(UTF_8).length;
      Checks.check(
          bytes <= NAME_BYTES_MAX,
          "the name of a %s has at most %d bytes of UTF-8, this one %d",
          what,
          NAME_BYTES_MAX,
          bytes);
    }
  }

  /// The serial of the process that it is from; 0 is no process.
  long from();

  /// Whom a signal is for, on the node it goes to.
  sealed interface Target {

    /// A process.
    ///
    /// @param serial which one
    record ToProcess(long serial) implements Target {}

    /// A process through one of its aliases.
    ///
    /// @param serial which process
    /// @param id which alias
    record ToAlias(long serial, long id) implements Target {}

    /// Whoever holds a name when the signal arrives.
    ///
    /// @param name the name
    record ToName(String name) implements Target {}
  }

  /// A message.
  ///
  /// @param to for whom
  /// @param value the message
  /// @param trace the trace it belongs to
  record Message(long from, Target to, Object value, @Nullable TraceContext trace)
      implements NodeSignal {}

  /// A request, which will be answered under its number.
  ///
  /// @param to for whom
  /// @param id its number, by the asking node
  /// @param value the request
  /// @param trace the trace it belongs to
  record Request(long from, Target to, long id, Object value, @Nullable TraceContext trace)
      implements NodeSignal {}

  /// The reply to a request.
  ///
  /// @param id the request's number
  /// @param value the reply
  record Reply(long from, long id, Object value) implements NodeSignal {}

  /// The news that a request will not be answered.
  ///
  /// @param id the request's number
  /// @param reason why not
  record Failure(long from, long id, ExitReason reason) implements NodeSignal {}

  /// The order to start a process.
  ///
  /// @param id the number under which it is answered
  /// @param blueprint what to start, by name
  /// @param argument what to make it from
  /// @param linked whether it is linked with who asks, from its first moment
  record Spawn(long from, long id, String blueprint, Object argument, boolean linked)
      implements NodeSignal {}

  /// A process was started. It is from that process, and comes before all else that is.
  ///
  /// @param id the order's number
  record Spawned(long from, long id) implements NodeSignal {}

  /// A link is wanted.
  ///
  /// @param to the serial of the process to link with
  record Link(long from, long to) implements NodeSignal {}

  /// A link is taken away.
  ///
  /// @param to the serial of the linked process
  /// @param id the unlink's number, unique among those of `from`
  record Unlink(long from, long to, long id) implements NodeSignal {}

  /// An unlink has been taken note of.
  ///
  /// @param to the serial of the process that unlinked
  /// @param id the unlink's number
  record Unlinked(long from, long to, long id) implements NodeSignal {}

  /// A linked process has ended, or was not there.
  ///
  /// @param to the serial of the process it was linked with
  /// @param reason why
  record LinkExit(long from, long to, ExitReason reason) implements NodeSignal {}

  /// An exit signal that no link sends.
  ///
  /// @param to the serial of the process that is to exit
  /// @param reason why
  record Exit(long from, long to, ExitReason reason) implements NodeSignal {}

  /// A monitor is set up.
  ///
  /// @param to who is to be watched
  /// @param id its number, by the watching node
  record Monitor(long from, Target to, long id) implements NodeSignal {}

  /// A monitor is taken away.
  ///
  /// @param id its number
  record Demonitor(long from, long id) implements NodeSignal {}

  /// A monitored process has ended, or was not there.
  ///
  /// @param id the monitor's number
  /// @param reason why
  record Down(long from, long id, ExitReason reason) implements NodeSignal {}

  /// A message to all members that a group has on the node it goes to.
  ///
  /// @param scope the groups' scope
  /// @param group the group
  /// @param value the message
  /// @param trace the trace it belongs to
  record Broadcast(
      long from, String scope, String group, Object value, @Nullable TraceContext trace)
      implements NodeSignal {}
}
