package dev.kith.bench.remote.netty;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.Load;
import dev.kith.bench.remote.OneWay;
import dev.kith.bench.workload.Patience;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CompletableFuture;

/// An event loop that sends to another.
final class NettyOneWay implements OneWay {
  private final Load load;
  private final FarSide far;
  private final NettySide near = new NettySide();
  private final Source source = new Source();
  private final Channel channel;
  private final byte[] bytes;
  private long countedBefore;

  NettyOneWay(Load load) throws Exception {
    this.load = load;
    this.bytes = new byte[load.bytes() - 1 - Long.BYTES];
    this.far = FarSide.start(NettyFar.NAME);
    this.channel = near.connect(Integer.parseInt(far.address()), source);
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public long send(long batches) throws Exception {
    CompletableFuture<Long> counted = new CompletableFuture<>();
    channel.eventLoop().execute(() -> source.begin(batches, counted));
    long now = Patience.await(counted);
    long received = now - countedBefore;
    countedBefore = now;
    return received;
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }

  /// Belongs to the channel's loop.
  private final class Source extends SimpleChannelInboundHandler<ByteBuf> {
    private CompletableFuture<Long> counted = new CompletableFuture<>();
    private long batches;
    private long sent;
    private long acknowledged;

    void begin(long wanted, CompletableFuture<Long> done) {
      batches = wanted;
      counted = done;
      sent = 0;
      acknowledged = 0;
      for (int i = 0; i < Load.BATCHES_AHEAD; i++) {
        sendBatch();
      }
      channel.flush();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
      frame.readByte();
      long messages = frame.readLong();
      sendBatch();
      if (++acknowledged == batches) {
        counted.complete(messages);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    private void sendBatch() {
      if (sent == batches) {
        return;
      }
      sent++;
      for (int i = 1; i < load.batch(); i++) {
        NettySide.write(channel, NettySide.MESSAGE, i, bytes);
      }
      NettySide.write(channel, NettySide.LAST, sent, bytes);
    }
  }
}
