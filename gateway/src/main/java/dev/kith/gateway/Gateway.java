package dev.kith.gateway;

import dev.kith.group.Scope;
import dev.kith.process.Entropy;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.wire.CloseCode;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Endpoint;
import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebRequest;
import dev.kith.wire.web.WebResponse;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/// Makes a session of each client that opens a WebSocket, on one node.
///
/// Each session is a process that handles the client's events one at a time, in the order sent. It
/// ends with the connection, and the connection ends with it; either way the session leaves its
/// rooms.
///
/// **Threading.** Any thread.
public final class Gateway implements Endpoint {
  private final Node node;
  private final Handlers handlers;
  private final Rooms rooms;
  private final AtomicBoolean draining = new AtomicBoolean();

  private Gateway(Node node, Rooms rooms, Handlers handlers) {
    this.node = node;
    this.rooms = rooms;
    this.handlers = handlers;
  }

  /// A gateway on a node.
  public static Gateway on(Node node, Rooms rooms, Handlers handlers) {
    return new Gateway(node, rooms, handlers);
  }

  /// The rooms for a gateway's sessions on one node, with what a joiner is greeted by.
  public static Rooms rooms(Node node, RoomLimits limits, Greeting greeting) {
    return rooms(node, Scope.on(node), limits, greeting);
  }

  /// The rooms for the sessions of the gateways on all nodes that have this scope. Among the
  /// messages that may pass between these must be [#messages] and whatever is said in rooms.
  public static Rooms rooms(Node node, Scope scope, RoomLimits limits, Greeting greeting) {
    return new Rooms(node, scope, limits, greeting);
  }

  /// The messages that pass between nodes whose gateways have rooms together.
  public static Class<?> messages() {
    return RoomHub.Told.class;
  }

  /// An event as clients get it, encoded once for all who are to have it.
  public static <T> Payload encode(Event<T> event, T data) {
    return Frames.encode(event, data);
  }

  /// How many clients are connected, to all nodes that can be reached.
  public int online() {
    return rooms.everybody();
  }

  /// Refuses clients from now on. Those who are connected stay.
  public void drain() {
    draining.set(true);
  }

  @Override
  public Admission admit(WebRequest request) {
    return draining.get()
        ? Admission.refuse(WebResponse.json(Status.UNAVAILABLE, "{\"error\":\"draining\"}"))
        : Admission.accept(this::open);
  }

  private PipeListener open(Pipe pipe) {
    Seat seat = new Seat(rooms, newId(node.entropy()), pipe);
    ProcessSpec<SessionMessage> spec =
        ProcessSpec.server(SessionMessage.class, () -> new SessionProcess(pipe, seat, handlers));
    ProcessRef<SessionMessage> session = node.spawn(spec);
    node.attach(session, _ -> ended(pipe, seat));
    return new Inlet(pipe, session);
  }

  private void ended(Pipe pipe, Seat seat) {
    seat.give();
    pipe.loop().execute(() -> pipe.close(CloseCode.INTERNAL_ERROR, "the session has ended"));
  }

  private static String newId(Entropy entropy) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(entropy.bits()) + hex.toHexDigits(entropy.bits());
  }
}
