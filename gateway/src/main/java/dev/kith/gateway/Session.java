package dev.kith.gateway;

import dev.kith.process.Address;
import dev.kith.process.Answer;
import dev.kith.process.Node;
import dev.kith.process.Request;
import dev.kith.wire.CloseCode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// One client, as the code that handles its events sees it.
///
/// **Threading.** Only within the handlers of this session, which run one at a time in its process.
/// Other processes reach a client through [Rooms], or by a [#send] that one of its handlers does
/// for them.
public interface Session {

  /// What it is called: unguessable and never used twice.
  String id();

  /// The node it is connected to.
  Node node();

  /// All rooms of the gateway.
  Rooms allRooms();

  /// The rooms it is in.
  Set<String> rooms();

  /// Whether it is in a room.
  boolean isIn(String room);

  /// Joins a room: the client is greeted, and gets everything that is broadcast from now on.
  Rooms.Joining join(String room);

  /// Leaves a room; false if it was not in.
  boolean leave(String room);

  /// Sends the client an event.
  <T> void send(Event<T> event, T data);

  /// Tells the client that something it did was wrong: an `error` event.
  void fail(String message);

  /// Asks a process on the client's behalf. The client's next events are handled after the answer,
  /// so that what it does keeps its order. Where nobody holds the name, the request waits, within
  /// its deadline, for somebody who does: a process that is being restarted.
  <R, Q extends Request<R>> void ask(
      Address<? super Q> process, Q request, Duration within, Consumer<? super Answer<R>> then);

  /// Ends the connection when what was sent is written.
  void close(CloseCode code, String reason);
}
