package dev.kith.net;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The threads of a server, each with its [NetLoop].
///
/// **Threading.** Any.
final class Loops {
  private final MultiThreadIoEventLoopGroup group;
  private final IdentityHashMap<EventLoop, NetLoop> loops = new IdentityHashMap<>();

  private Loops(MultiThreadIoEventLoopGroup group) {
    this.group = group;
  }

  static Loops start(ServerSettings settings, Ledger ledger, Ticker ticker) {
    var threads = new DefaultThreadFactory("kith-net", true);
    var group =
        new MultiThreadIoEventLoopGroup(settings.loops(), threads, NioIoHandler.newFactory());
    var loops = new Loops(group);
    long share = settings.outboundBudget().bytes() / settings.loops();
    for (var executor : group) {
      var eventLoop = (EventLoop) executor;
      var loop = new NetLoop(eventLoop, new Allowance(share, ledger.outboundBytes), ticker);
      loops.loops.put(eventLoop, loop);
      loop.start(settings.timing());
    }
    return loops;
  }

  MultiThreadIoEventLoopGroup group() {
    return group;
  }

  NetLoop of(EventLoop eventLoop) {
    return Objects.requireNonNull(loops.get(eventLoop));
  }

  /// Has each connection say goodbye on its loop, after what was posted to the loop before.
  void retire() {
    loops.values().forEach(loop -> loop.execute(() -> onEach(loop, NetLoop.Tended::retire)));
  }

  /// Has each connection go on its loop, as soon as the loop is done with what it is doing.
  void abort() {
    loops.forEach(
        (eventLoop, loop) -> eventLoop.execute(() -> onEach(loop, NetLoop.Tended::abort)));
  }

  private static void onEach(NetLoop loop, Consumer<NetLoop.Tended> action) {
    List.of(loop.connections()).forEach(action);
  }

  /// Ends all threads; those that do not end in time are left to themselves, as daemons.
  void end(Duration within) {
    Future<?> ended = group.shutdownGracefully(0, within.toNanos(), TimeUnit.NANOSECONDS);
    ended.awaitUninterruptibly(within.toMillis() + 1);
  }
}
