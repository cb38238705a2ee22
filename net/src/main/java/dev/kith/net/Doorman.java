package dev.kith.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kith.wire.web.Site;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

/// Lets connections in or turns them away.
///
/// **Threading.** Any loop.
final class Doorman extends ChannelInitializer<SocketChannel> {
  private static final byte[] FULL =
      """
      HTTP/1.1 503 Service Unavailable\r
      content-type: text/plain; charset=utf-8\r
      content-length: 21\r
      connection: close\r
      \r
      too many connections
      """
          .getBytes(US_ASCII);

  private final ServerSettings settings;
  private final Site site;
  private final Loops loops;
  private final Ledger ledger;
  private final Headcount headcount;

  Doorman(ServerSettings settings, Site site, Loops loops, Ledger ledger, Headcount headcount) {
    this.settings = settings;
    this.site = site;
    this.loops = loops;
    this.ledger = ledger;
    this.headcount = headcount;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    var remote = channel.remoteAddress();
    if (remote == null) {
      var _ = channel.close(); // Gone before it was here.
      return;
    }
    var refusal = headcount.enter(remote.getAddress());
    if (refusal.isPresent()) {
      ledger.count(refusal.get());
      var _ =
          channel
              .writeAndFlush(Unpooled.wrappedBuffer(FULL))
              .addListener(ChannelFutureListener.CLOSE);
    } else {
      letIn(channel);
    }
  }

  /// The count comes last here and goes last at the end: who reads it may rely on a connection that
  /// is counted to have its deadline, and on one that is not to have made room.
  private void letIn(SocketChannel channel) {
    var address = channel.remoteAddress().getAddress();
    var _ = channel.closeFuture().addListener(_ -> headcount.leave(address));
    var limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.http().lineBytes())
            .setMaxHeaderSize(settings.http().headerBytes());
    var loop = loops.of(channel.eventLoop());
    channel
        .pipeline()
        .addLast(new HttpServerCodec(limits))
        .addLast(new HttpFront(channel, site, loop, ledger, settings));
    ledger.connections.increment();
    var _ = channel.closeFuture().addListener(_ -> ledger.connections.decrement());
  }
}
