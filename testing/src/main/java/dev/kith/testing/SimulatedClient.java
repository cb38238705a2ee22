package dev.kith.testing;

import dev.kith.wire.Cause;
import dev.kith.wire.CloseCode;
import dev.kith.wire.Closure;
import dev.kith.wire.Payload;
import dev.kith.wire.PipeListener;
import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Endpoint;
import dev.kith.wire.web.Headers;
import dev.kith.wire.web.Method;
import dev.kith.wire.web.WebRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A client of an endpoint, without a socket: its pipe runs in a world.
///
/// **Threading.** Belongs to the test's thread.
public final class SimulatedClient {
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

  private static final WebRequest REQUEST =
      new WebRequest(Method.GET, "/", Map.of(), Headers.none(), REMOTE);

  private final SimulatedPipe pipe;
  private final List<String> received;

  private SimulatedClient(SimulatedPipe pipe, List<String> received) {
    this.pipe = pipe;
    this.received = received;
  }

  /// Opens a connection.
  ///
  /// @throws AssertionError if the endpoint refuses
  public static SimulatedClient open(World world, Endpoint endpoint, SimulatedLoop loop) {
    List<String> received = new ArrayList<>();
    SimulatedPipe pipe = new SimulatedPipe(loop, received);
    switch (endpoint.admit(REQUEST)) {
      case Admission.Accepted(var opening) -> {
        loop.execute(() -> pipe.listener = opening.apply(pipe));
        world.until(() -> pipe.listener != null, Duration.ofSeconds(1));
      }
      case Admission.Refused(var response) ->
          throw new AssertionError("refused with status " + response.status().code());
    }
    return new SimulatedClient(pipe, received);
  }

  /// Sends a text message; what is sent in one go arrives in that order.
  public void send(String text) {
    pipe.loop.execute(() -> {
      PipeListener owner = pipe.listener;
      if (owner != null && !pipe.closed) {
        owner.received(Payload.text(text));
      }
    });
  }

  /// Goes away.
  public void close() {
    pipe.loop.execute(() -> pipe.end(new Closure(Cause.PEER, CloseCode.NORMAL, "")));
  }

  /// Whether the connection has ended.
  public boolean isClosed() {
    return pipe.closed;
  }

  /// Everything it got so far, oldest first.
  public List<String> received() {
    return List.copyOf(received);
  }
}
