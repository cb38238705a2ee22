package dev.kith.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;

/*
 * Whoever connects is given a port by the system. If nobody listens at the port of this machine that it wants to
 * reach, it may be given that very port, and is connected with itself, as TCP has it for two that connect at the same
 * time (RFC 9293, 3.5). It would talk to itself, and take the port from whoever is to come back there.
 */
/// Ends a connection with itself before anybody hears of it.
///
/// **Threading.** Its channel's loop.
final class NotItself extends ChannelInboundHandlerAdapter {
  private final Consumer<String> failed;

  NotItself(Consumer<String> failed) {
    this.failed = failed;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.channel().localAddress().equals(context.channel().remoteAddress())) {
      failed.accept("nobody listens at " + context.channel().remoteAddress());
      var _ = context.close();
    } else {
      context.fireChannelActive();
    }
  }
}
