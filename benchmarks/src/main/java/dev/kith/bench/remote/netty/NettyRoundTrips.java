package dev.kith.bench.remote.netty;

import dev.kith.bench.remote.FarSide;
import dev.kith.bench.remote.RoundTrips;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Stopwatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Askers that are numbers on an event loop.
final class NettyRoundTrips implements RoundTrips {
  private static final byte[] BYTES = new byte[Integer.BYTES];

  private final int askers;
  private final FarSide far;
  private final NettySide near = new NettySide();
  private final Asker asker = new Asker();
  private final Channel channel;

  NettyRoundTrips(int askers) throws Exception {
    this.askers = askers;
    this.far = FarSide.start(NettyFar.NAME);
    this.channel = near.connect(Integer.parseInt(far.address()), asker);
  }

  @Override
  public int askers() {
    return askers;
  }

  @Override
  public List<long[]> ask(int each) throws Exception {
    CompletableFuture<List<long[]>> done = new CompletableFuture<>();
    channel.eventLoop().execute(() -> asker.begin(askers, each, done));
    return Patience.await(done);
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }

  /// Belongs to the channel's loop.
  private final class Asker extends SimpleChannelInboundHandler<ByteBuf> {
    private final List<long[]> latencies = new ArrayList<>();
    private int[] asked = {};
    private long[] at = {};
    private int running;
    private CompletableFuture<List<long[]>> done = new CompletableFuture<>();

    void begin(int count, int each, CompletableFuture<List<long[]>> then) {
      done = then;
      running = count;
      asked = new int[count];
      at = new long[count];
      latencies.clear();
      for (int i = 0; i < count; i++) {
        latencies.add(new long[each]);
        askNext(i);
      }
      channel.flush();
    }

    private void askNext(int who) {
      at[who] = Stopwatch.now();
      NettySide.write(channel, NettySide.QUESTION, who, BYTES);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
      frame.readByte();
      int who = (int) frame.readLong();
      long[] mine = latencies.get(who);
      mine[asked[who]++] = Stopwatch.now() - at[who];
      if (asked[who] < mine.length) {
        askNext(who);
      } else if (--running == 0) {
        done.complete(List.copyOf(latencies));
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
