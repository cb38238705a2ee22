package dev.kith.net;

import dev.kith.wire.web.Site;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// A server for HTTP and WebSocket on one port.
///
/// **Threading.** Any thread; [#close] blocks and must not be called on a loop. **Failure.** That
/// the port is taken is a [Start]. What happens to one connection is that connection's affair.
/// **Limits.** All of [ServerSettings].
public final class WebServer {
  /// Connections that the system has accepted and we have not; more are refused by the system.
  private static final int BACKLOG = 4_096;

  /// How much of the end of a drain is left for the threads to end in.
  private static final Duration THREADS_END_WITHIN = Duration.ofSeconds(1);

  /// A channel takes frames until the upper mark and again below the lower one.
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(32 << 10, 64 << 10);

  private final Loops loops;
  private final Ledger ledger;
  private final Headcount headcount;
  private final Channel door;

  private WebServer(Loops loops, Ledger ledger, Headcount headcount, Channel door) {
    this.loops = loops;
    this.ledger = ledger;
    this.headcount = headcount;
    this.door = door;
  }

  /// How a start went.
  public sealed interface Start {
    /// The server takes connections.
    ///
    /// @param server to be closed by whoever started it
    record Serving(WebServer server) implements Start {}

    /// Somebody else listens there.
    ///
    /// @param address where
    record PortTaken(InetSocketAddress address) implements Start {}

    /// It is not possible to listen there: no such address on this machine, or not allowed.
    ///
    /// @param address where
    /// @param why the system's words
    record NotPossible(InetSocketAddress address, String why) implements Start {}
  }

  /// Starts to serve a site.
  public static Start start(ServerSettings settings, Site site) {
    return start(settings, site, Ticker.system());
  }

  /// Starts to serve a site by this clock.
  public static Start start(ServerSettings settings, Site site, Ticker ticker) {
    var ledger = new Ledger();
    var loops = Loops.start(settings, ledger, ticker);
    var headcount = new Headcount(settings.connections());
    var bound =
        bootstrap(loops)
            .childHandler(new Doorman(settings, site, loops, ledger, headcount))
            .bind(settings.address())
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      return new Start.Serving(new WebServer(loops, ledger, headcount, bound.channel()));
    }
    loops.end(THREADS_END_WITHIN);
    return failure(settings.address(), bound.cause());
  }

  /// The pooled allocator, because the adaptive one, today's default, has kept memory of thousands
  /// of idle connections after a burst.
  private static ServerBootstrap bootstrap(Loops loops) {
    return new ServerBootstrap()
        .group(loops.group())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS);
  }

  private static Start failure(InetSocketAddress address, Throwable cause) {
    var why = String.valueOf(cause.getMessage());
    return cause instanceof BindException && why.contains("in use")
        ? new Start.PortTaken(address)
        : new Start.NotPossible(address, why);
  }

  /// The port that is listened on, also when any was asked for.
  public int port() {
    return address().getPort();
  }

  /// Where this server listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) door.localAddress();
  }

  /// What happened so far.
  public ServerCounts counts() {
    return ledger.counts();
  }

  /// Stops: takes no more connections, says goodbye to all pipes after what was written or posted,
  /// lets requests under way be answered, cuts what is left when the time is over, and ends the
  /// threads. Returns when all that is done, at most a second after the time. Closing again does
  /// nothing.
  public void close(Duration within) {
    if (!door.isOpen()) {
      return;
    }
    door.close().awaitUninterruptibly();
    loops.retire();
    headcount.nobody().awaitUninterruptibly(within.toMillis());
    loops.abort();
    loops.end(THREADS_END_WITHIN);
  }
}
