package dev.kith.bench.remote.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/// The far side: counts, and answers.
public final class NettyFar {
  /// On a command line.
  public static final String NAME = "netty";

  private static final byte[] NOTHING = {};

  private NettyFar() {}

  /// Begins, and says where.
  public static String serve() {
    return String.valueOf(new NettySide().listen(Counter::new));
  }

  private static final class Counter extends SimpleChannelInboundHandler<ByteBuf> {
    private long counted;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
      byte kind = frame.readByte();
      long number = frame.readLong();
      switch (kind) {
        case NettySide.MESSAGE -> counted++;
        case NettySide.LAST -> {
          counted++;
          NettySide.write(context.channel(), kind, counted, NOTHING);
        }
        default -> NettySide.write(context.channel(), kind, number, NOTHING);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
