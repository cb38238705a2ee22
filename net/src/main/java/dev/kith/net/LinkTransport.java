package dev.kith.net;

import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Links between nodes over TCP or Unix sockets, and over TLS when there are certificates.
///
/// Addresses are `host:port`, where port 0 is any, and `unix:PATH`, a file on this machine, which
/// may be opened by whoever has the rights to. A socket that was left there by who has ended is
/// replaced, and nothing else is.
///
/// **Threading.** Any thread; [#listen] and [#close] block. **Limits.** Connecting takes at most 10
/// s, and so does TLS's own handshake; before that, a host's name is looked up, which takes what
/// the system takes.
public final class LinkTransport implements Transport, AutoCloseable {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final String NO_ADDRESS = "an address is HOST:PORT or unix:PATH, not ";
  private static final Duration END_WITHIN = Duration.ofSeconds(1);

  /// A channel takes bytes until the upper mark and again below the lower one: little more than one
  /// frame, so that a heartbeat that comes next does not wait behind many.
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);

  private final MultiThreadIoEventLoopGroup group;
  private final @Nullable Tls tls;
  private final LinkAddress.Lookup names;

  LinkTransport(int loops, @Nullable Tls tls, LinkAddress.Lookup names) {
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, new DefaultThreadFactory("kith-link", true), NioIoHandler.newFactory());
    this.tls = tls;
    this.names = names;
  }

  /// Plain TCP, with so many threads.
  public static LinkTransport tcp(int loops) {
    return new LinkTransport(loops, null, InetAddress::getByName);
  }

  /// TLS 1.3, both sides with certificates, with so many threads.
  public static LinkTransport tls(int loops, Tls certificates) {
    return new LinkTransport(loops, certificates, InetAddress::getByName);
  }

  @Override
  public Listening listen(String address, Porter porter) {
    Optional<LinkAddress> at = LinkAddress.parse(address);
    return at.isEmpty()
        ? new Listening.NotPossible(NO_ADDRESS + address)
        : listen(at.get(), porter);
  }

  private Listening listen(LinkAddress at, Porter porter) {
    if (at instanceof LinkAddress.Unix unix) {
      Optional<String> inTheWay = unix.removeIfDead();
      if (inTheWay.isPresent()) {
        return new Listening.NotPossible(inTheWay.get());
      }
    }
    SocketAddress socket;
    try {
      socket = at.socket(names);
    } catch (UnknownHostException unknown) {
      return new Listening.NotPossible(String.valueOf(unknown.getMessage()));
    }
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(at.doors())
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
            .childHandler(new Coming(porter));
    if (at instanceof LinkAddress.Tcp) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true);
    }
    ChannelFuture bound = bootstrap.bind(socket).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      return new Listening.NotPossible(String.valueOf(bound.cause().getMessage()));
    }
    Channel door = bound.channel();
    return new Listening.At(
        at.text(door.localAddress()),
        () -> {
          var _ = door.close().awaitUninterruptibly();
          if (at instanceof LinkAddress.Unix unix) {
            unix.remove();
          }
        });
  }

  @Override
  public void connect(String address, Connecting then) {
    Optional<LinkAddress> to = LinkAddress.parse(address);
    if (to.isEmpty()) {
      then.failed(NO_ADDRESS + address);
    } else {
      Thread.ofVirtual().name("kith-lookup").start(() -> lookUp(to.get(), then));
    }
  }

  /// Finds whom to connect with, which may take the system long: so neither who asked for it waits,
  /// nor a loop, which has other links.
  private void lookUp(LinkAddress to, Connecting then) {
    SocketAddress socket;
    try {
      socket = to.socket(names);
    } catch (UnknownHostException unknown) {
      then.failed(String.valueOf(unknown.getMessage()));
      return;
    }
    connect(to, socket, then);
  }

  private void connect(LinkAddress to, SocketAddress socket, Connecting then) {
    if (group.isShuttingDown()) {
      then.failed("the transport is closed");
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channelFactory(to.channels())
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_WITHIN.toMillis())
            .handler(new Going(then));
    if (to instanceof LinkAddress.Tcp) {
      bootstrap.option(ChannelOption.TCP_NODELAY, true);
    }
    bootstrap
        .connect(socket)
        .addListener(future -> {
          if (!future.isSuccess()) {
            then.failed(String.valueOf(future.cause().getMessage()));
          }
        });
  }

  /// A connection that others make.
  private final class Coming extends ChannelInitializer<Channel> {
    private final Porter porter;

    Coming(Porter porter) {
      this.porter = porter;
    }

    @Override
    protected void initChannel(Channel channel) {
      String remote = String.valueOf(channel.remoteAddress());
      if (!porter.knocks(remote)) {
        var _ = channel.close();
        return;
      }
      Opening opening = new Opening(channel, porter::opened, why -> porter.gone(remote, why));
      channel.closeFuture().addListener(_ -> opening.fail("it has closed"));
      opening.begin(Side.SERVER);
    }
  }

  /// A connection that this node makes.
  private final class Going extends ChannelInitializer<Channel> {
    private final Connecting then;

    Going(Connecting then) {
      this.then = then;
    }

    @Override
    protected void initChannel(Channel channel) {
      Opening opening = new Opening(channel, then::connected, then::failed);
      channel.pipeline().addLast(new NotItself(opening::fail));
      opening.begin(Side.CLIENT);
    }
  }

  private enum Side {
    CLIENT,
    SERVER
  }

  /// What a new connection goes through before its owner hears of it. Belongs to its loop.
  private final class Opening {
    private final Channel channel;
    private final Function<ByteStream, ByteStreamListener> opened;
    private final Consumer<String> failed;
    private boolean over;

    Opening(
        Channel channel, Function<ByteStream, ByteStreamListener> opened, Consumer<String> failed) {
      this.channel = channel;
      this.opened = opened;
      this.failed = failed;
    }

    void begin(Side side) {
      Tls by = tls;
      if (by == null) {
        channel.pipeline().addLast(new SocketStream(channel, Set.of(), this::open));
      } else {
        channel.pipeline().addLast(by.handler(channel.alloc(), side == Side.SERVER));
        channel.pipeline().addLast(new AfterTls());
      }
    }

    private ByteStreamListener open(ByteStream stream) {
      over = true;
      return opened.apply(stream);
    }

    /// It will not be opened.
    void fail(String why) {
      if (!over) {
        over = true;
        failed.accept(why);
      }
    }

    /// Waits for TLS's handshake, and takes its own place then.
    private final class AfterTls extends ChannelInboundHandlerAdapter {
      @Override
      public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
          if (done.isSuccess()) {
            SocketStream stream =
                new SocketStream(channel, Tls.certifiedNames(channel), Opening.this::open);
            context.pipeline().replace(this, null, stream);
            stream.begin();
          } else {
            fail("no TLS with it: " + done.cause().getMessage());
            var _ = context.close();
          }
        }
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close(); // told by the event above
      }
    }
  }

  @Override
  public boolean isSecure() {
    return tls != null;
  }

  @Override
  public boolean isLoopback(String address) {
    return LinkAddress.parse(address).map(LinkAddress::isLoopback).orElse(false);
  }

  @Override
  public boolean isWildcard(String address) {
    return LinkAddress.parse(address).map(LinkAddress::isWildcard).orElse(false);
  }

  @Override
  public String advertised(String address, String found) {
    return LinkAddress.parse(address)
        .flatMap(at -> LinkAddress.parse(found).map(at::withPortOf))
        .orElse(address);
  }

  /// Ends all connections and the threads.
  @Override
  public void close() {
    group
        .shutdownGracefully(0, END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(END_WITHIN.toMillis() + 1_000);
  }
}
