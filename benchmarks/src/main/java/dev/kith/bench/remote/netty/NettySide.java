package dev.kith.bench.remote.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// Frames with four bytes of length in front, and one of kind.
@SuppressWarnings("FutureReturnValueIgnored") // what is not written is missed by who counts
final class NettySide {
  /// A message that counts.
  static final byte MESSAGE = 0;

  /// The last of a batch.
  static final byte LAST = 1;

  /// To be answered.
  static final byte QUESTION = 2;

  private static final int LENGTH = 4;
  private static final int FRAME_MAX = 1 << 20;
  private static final int FLUSH_AFTER = 256;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  /// Listens; returns the port.
  int listen(Supplier<ChannelHandler> handler) {
    Channel door =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(pipeline(handler))
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) door.localAddress()).getPort();
  }

  Channel connect(int port, ChannelHandler handler) {
    return new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(pipeline(() -> handler))
        .connect("127.0.0.1", port)
        .syncUninterruptibly()
        .channel();
  }

  private static ChannelInitializer<SocketChannel> pipeline(Supplier<ChannelHandler> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(
                new FlushConsolidationHandler(FLUSH_AFTER, true),
                new LengthFieldBasedFrameDecoder(FRAME_MAX, 0, LENGTH, 0, LENGTH),
                handler.get());
      }
    };
  }

  /// Writes a frame: a kind, a number and so many bytes altogether.
  static void write(Channel to, byte kind, long number, byte[] bytes) {
    ByteBuf frame = to.alloc().directBuffer(LENGTH + 1 + Long.BYTES + bytes.length);
    frame
        .writeInt(1 + Long.BYTES + bytes.length)
        .writeByte(kind)
        .writeLong(number)
        .writeBytes(bytes);
    to.write(frame, to.voidPromise());
  }

  void close() {
    group.shutdownGracefully();
  }
}
