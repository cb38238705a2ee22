package dev.kith.net;

import dev.kith.wire.CloseCode;
import dev.kith.wire.Closure;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Route;
import dev.kith.wire.web.Site;
import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// A server on a free port with a small site, and the clock it goes by, which stands still until
/// the test moves it.
final class Served implements AutoCloseable {
  private final AtomicLong nanos;
  final BlockingQueue<Recorder> recorders = new LinkedBlockingQueue<>();
  final WebServer server;

  private Served(UnaryOperator<ServerSettings> with, AtomicLong nanos, Ticker ticker) {
    this.nanos = nanos;
    server =
        switch (WebServer.start(with.apply(quick()), site(), ticker)) {
          case WebServer.Start.Serving(var serving) -> serving;
          case WebServer.Start.PortTaken taken -> throw new AssertionError(taken);
          case WebServer.Start.NotPossible not -> throw new AssertionError(not);
        };
  }

  static Served standard() {
    return with(UnaryOperator.identity());
  }

  static Served with(UnaryOperator<ServerSettings> settings) {
    return new Served(settings, new AtomicLong(), Ticker.system());
  }

  static Served withTicker(Ticker ticker) {
    return new Served(UnaryOperator.identity(), new AtomicLong(), ticker);
  }

  static Served withStoppedClock(UnaryOperator<ServerSettings> settings) {
    var nanos = new AtomicLong();
    return new Served(settings, nanos, nanos::get);
  }

  private static ServerSettings quick() {
    return ServerSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .withLoops(2)
        .withTiming(Timing.standard().withSweep(Duration.ofMillis(5)));
  }

  private Site site() {
    return Site.empty()
        .withRoute("/hello", Route.always(WebResponse.text(Status.OK, "hello")))
        .withRoute(
            "/query",
            request -> WebResponse.text(Status.OK, request.parameter("q").orElse("nothing")))
        .withRoute(
            "/broken",
            _ -> {
              throw new IllegalStateException("on purpose");
            })
        .withRoute("/big", Route.always(WebResponse.text(Status.OK, "x".repeat(1 << 20))))
        .withEndpoint("/recorded", Recorder.into(recorders))
        .withEndpoint("/echo", _ -> Admission.accept(Echo::new))
        .withEndpoint("/throwing", _ -> Admission.accept(_ -> new Throwing()))
        .withEndpoint(
            "/refusing",
            _ -> Admission.refuse(WebResponse.json(Status.UNAUTHORIZED, "{\"error\":\"no\"}")))
        .withEndpoint(
            "/failing",
            _ -> {
              throw new IllegalStateException("on purpose");
            })
        .withEndpoint(
            "/unowned",
            _ ->
                Admission.accept(_ -> {
                  throw new IllegalStateException("on purpose");
                }));
  }

  /// Moves the clock on, for servers whose clock stands still.
  void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  RawPeer raw() {
    return new RawPeer(server.port());
  }

  /// A raw peer whose WebSocket is open, and the recorder at the other end.
  Connected connect() {
    var peer = raw();
    peer.upgrade("/recorded");
    return new Connected(peer, Recorder.Queues.take(recorders));
  }

  record Connected(RawPeer peer, Recorder recorder) {}

  @Override
  public void close() {
    server.close(Duration.ofMillis(100));
  }

  private record Echo(Pipe pipe) implements PipeListener {
    @Override
    public void received(Payload message) {
      pipe.write(message);
    }

    @Override
    public void oversized() {
      pipe.close(CloseCode.TOO_BIG, "too big to echo");
    }

    @Override
    public void closed(Closure closure) {}
  }

  private record Throwing() implements PipeListener {
    @Override
    public void received(Payload message) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void oversized() {}

    @Override
    public void closed(Closure closure) {}
  }
}
