package dev.kith.net;

import dev.kith.wire.Loop;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A socket as a [ByteStream].
///
/// What is written while the loop does one thing leaves in one flush behind it. What was written
/// before the end has some time to leave.
///
/// **Threading.** Belongs to its event loop.
final class SocketStream extends ChannelInboundHandlerAdapter implements ByteStream, Loop {
  private static final System.Logger LOG = System.getLogger(SocketStream.class.getName());

  /// The other side may have stopped reading for ever.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Channel channel;
  private final EventLoop eventLoop;
  private final Set<String> certifiedNames;
  private final Function<ByteStream, ByteStreamListener> opened;
  private @Nullable ByteStreamListener listener;
  private boolean flushing;
  private boolean closing;
  private String fault = "closed by the other side";

  SocketStream(
      Channel channel,
      Set<String> certifiedNames,
      Function<ByteStream, ByteStreamListener> opened) {
    this.channel = channel;
    this.certifiedNames = certifiedNames;
    this.eventLoop = channel.eventLoop();
    this.opened = opened;
  }

  // What Netty tells

  @Override
  public void channelActive(ChannelHandlerContext context) {
    begin();
  }

  /// The connection stands.
  void begin() {
    if (listener == null) {
      listener = opened.apply(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (listener != null && !closing) {
        listener.received(bytes.nioBuffer());
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (listener != null && channel.isWritable()) {
      listener.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ByteStreamListener told = listener;
    listener = null;
    if (told != null) {
      told.closed(fault);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      fault = String.valueOf(cause.getMessage()); // TLS wraps what is wrong
    } else {
      LOG.log(System.Logger.Level.ERROR, "what listens to " + remote() + " threw", cause);
      fault = "a fault on this side";
    }
    var _ = context.close();
  }

  // The stream

  @Override
  public Loop loop() {
    return this;
  }

  @Override
  public String remote() {
    return String.valueOf(channel.remoteAddress());
  }

  @Override
  public Set<String> certifiedNames() {
    return certifiedNames;
  }

  @Override
  public boolean isWithinMachine() {
    return switch (channel.remoteAddress()) {
      case UnixDomainSocketAddress _ -> true;
      case InetSocketAddress address -> address.getAddress().isLoopbackAddress();
      case null, default -> false;
    };
  }

  @Override
  public void write(ByteBuffer bytes) {
    var _ = channel.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    if (!flushing) {
      flushing = true;
      eventLoop.execute(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void suspend() {
    channel.config().setAutoRead(false);
  }

  @Override
  public void resume() {
    channel.config().setAutoRead(true);
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      fault = "closed";
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      Future<?> last = eventLoop.schedule(this::giveUp, LINGER.toMillis(), TimeUnit.MILLISECONDS);
      channel.closeFuture().addListener(_ -> last.cancel(false));
    }
  }

  private void giveUp() {
    var _ = channel.close();
  }

  // The loop

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException _) {
      // the loop has ended, and what is posted to it does not run
    }
  }

  @Override
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  @Override
  public int backlog() {
    return eventLoop instanceof SingleThreadEventExecutor single ? single.pendingTasks() : 0;
  }
}
