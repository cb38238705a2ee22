package dev.kith.net;

import dev.kith.wire.Cause;
import dev.kith.wire.CloseCode;
import dev.kith.wire.Closure;
import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * A pipe lives through three phases, and only forward:
 *
 *   OPEN      messages go both ways
 *   LEAVING   a goodbye is queued behind what was written; nothing more is accepted or delivered; the
 *             connection ends when both sides have said goodbye, or at the deadline
 *   ENDED     the connection is gone
 *
 * The listener hears of the end when OPEN ends, because from then on the pipe is of no use to it; the
 * goodbye is this class's own affair. It hears of it in a task of its own, never inside a call it
 * made itself: a room that writes to its members must not see the list of members change under it.
 */

/// A WebSocket as a [Pipe].
///
/// **Threading.** Belongs to one loop.
final class SocketPipe extends ChannelInboundHandlerAdapter
    implements Pipe, NetLoop.Tended, MessageReader.Sink, Outflow.Echoes, Allowance.Holder {
  private static final System.Logger LOG = System.getLogger(SocketPipe.class.getName());

  private static final Closure TOO_SLOW =
      new Closure(Cause.TOO_SLOW, CloseCode.TRY_AGAIN_LATER, "too slow");

  private final SocketChannel channel;
  private final NetLoop loop;
  private final Ledger ledger;
  private final ServerSettings settings;
  private final InetSocketAddress remote;
  private final Inflow inflow;
  private final Outflow outflow;

  /// Absent until the pipe is open.
  private @Nullable PipeListener listener;

  private Phase phase = Phase.OPEN;
  private Cause leavingFor = Cause.OWNER;
  private long leaveBy;
  private boolean goodbyeSent;
  private boolean goodbyeHeard;
  private String lostHow = "";

  SocketPipe(SocketChannel channel, NetLoop loop, Ledger ledger, ServerSettings settings) {
    this.channel = channel;
    this.loop = loop;
    this.ledger = ledger;
    this.settings = settings;
    remote = channel.remoteAddress();
    inflow = new Inflow(channel, loop, ledger, settings, this, this::fault);
    outflow = new Outflow(channel, loop, settings.outbound(), this);
  }

  private enum Phase {
    OPEN,
    LEAVING,
    ENDED
  }

  /// Opens the pipe for its owner. Until then whatever arrives is held.
  void open(Function<Pipe, PipeListener> opening) {
    ledger.pipes.increment();
    loop.tend(this);
    listener = Foreign.call(() -> opening.apply(this), this::unowned);
    inflow.open();
  }

  private PipeListener unowned(Throwable thrown) {
    fault(thrown);
    return new Nobody();
  }

  // The owner's calls.

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public void write(Payload message) {
    checkLoop();
    if (phase != Phase.OPEN) {
      ledger.count(Refusal.WRITTEN_TOO_LATE);
      return;
    }
    ledger.messagesWritten.increment();
    append(Opcode.of(message.kind()), message);
  }

  @Override
  public long pendingBytes() {
    checkLoop();
    return outflow.pendingBytes();
  }

  @Override
  public boolean isWritable() {
    checkLoop();
    return phase == Phase.OPEN && outflow.isWritable();
  }

  @Override
  public void suspend() {
    checkLoop();
    inflow.suspend();
  }

  @Override
  public void resume() {
    checkLoop();
    inflow.resume();
  }

  @Override
  public void close(CloseCode code, String reason) {
    checkLoop();
    if (!code.isSendable()) {
      throw new IllegalArgumentException(code + " is never sent");
    }
    leave(new Closure(Cause.OWNER, code, reason));
  }

  private void checkLoop() {
    if (!loop.isCurrent()) {
      throw new IllegalStateException("a pipe was touched outside its loop");
    }
  }

  // The loop's calls.

  @Override
  public void tend(long now) {
    switch (phase) {
      case OPEN -> tendOpen(now);
      case LEAVING -> {
        if (now - leaveBy >= 0) {
          cut();
        }
      }
      case ENDED -> {}
    }
  }

  @Override
  public void retire() {
    leave(new Closure(Cause.STOPPING, CloseCode.GOING_AWAY, "server stops"));
  }

  /// Not without a goodbye, if it can still leave: a loop that was busy may come here first.
  @Override
  public void abort() {
    retire();
    outflow.flush();
    cut();
  }

  private void tendOpen(long now) {
    outflow.tidy();
    if (outflow.ageNanos(now) > settings.outbound().age().toNanos()) {
      giveUp(Refusal.OUTBOUND_AGE);
      return;
    }
    switch (inflow.pulseAt(now)) {
      case FINE -> {}
      case PING -> append(Opcode.PING, Payload.binary(new byte[0]));
      case DEAD -> {
        ledger.count(Refusal.SILENT);
        finish(new Closure(Cause.SILENT, CloseCode.ABNORMAL, "no answer to a ping"));
        cut();
      }
    }
  }

  // Netty's calls.

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    inflow.take((ByteBuf) bytes);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    outflow.writabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    if (thrown instanceof IOException) {
      lostHow = thrown.toString();
      cut();
    } else {
      fault(thrown);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    finish(new Closure(Cause.LOST, CloseCode.ABNORMAL, lostHow));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    finish(new Closure(Cause.LOST, CloseCode.ABNORMAL, lostHow));
  }

  // The reader's calls.

  @Override
  public boolean takesMore() {
    return inflow.isOn();
  }

  @Override
  public void frame() {
    inflow.frame();
  }

  @Override
  public void message(Payload message) {
    if (phase == Phase.OPEN && listener != null) {
      ledger.messagesReceived.increment();
      listener.received(message);
    }
  }

  @Override
  public void oversized() {
    if (phase == Phase.OPEN && listener != null) {
      ledger.count(Refusal.MESSAGE_OVERSIZED);
      listener.oversized();
    }
  }

  @Override
  public void ping(byte[] payload) {
    if (phase == Phase.OPEN) {
      append(Opcode.PONG, Payload.owning(Payload.Kind.BINARY, payload));
    }
  }

  @Override
  public void goodbye(CloseCode code, String reason) {
    goodbyeHeard = true;
    if (phase == Phase.OPEN) {
      leave(new Closure(Cause.PEER, code, reason));
    } else if (goodbyeSent) {
      cut();
    }
  }

  @Override
  public void violation(CloseCode code, String what) {
    if (phase == Phase.OPEN) {
      ledger.count(Refusal.PROTOCOL_VIOLATED);
      leave(new Closure(Cause.VIOLATION, code, what));
    }
  }

  // What is heard back of what was written.

  @Override
  public void writable() {
    tell(owner -> {
      if (phase == Phase.OPEN) {
        owner.writable();
      }
    });
  }

  @Override
  public void goodbyeWritten() {
    goodbyeSent = true;
    if (goodbyeHeard) {
      cut();
    } else if (leavingFor == Cause.VIOLATION) {
      // What comes now makes no sense any more, so an answer to the goodbye would not be seen.
      var _ = channel.shutdownOutput();
    }
  }

  private void append(Opcode opcode, Payload payload) {
    outflow.write(opcode, payload).ifPresent(this::giveUp);
    if (loop.allowance().isExceeded()) {
      loop.relieve();
    }
  }

  // When the loop has no more room.

  @Override
  public void settle() {
    outflow.tidy();
  }

  @Override
  public long held() {
    return outflow.held();
  }

  @Override
  public boolean isGivenUp() {
    return phase == Phase.LEAVING && leavingFor == Cause.TOO_SLOW;
  }

  @Override
  public boolean hasWaiting() {
    return outflow.hasWaiting();
  }

  @Override
  public void giveUp() {
    if (phase == Phase.OPEN) {
      giveUp(Refusal.OUTBOUND_BUDGET);
    } else {
      drop();
    }
  }

  @Override
  public void drop() {
    if (!isGivenUp()) {
      ledger.count(Refusal.OUTBOUND_BUDGET);
    }
    finish(new Closure(Cause.TOO_SLOW, CloseCode.ABNORMAL, "too slow to be told"));
    cut();
  }

  // The end.

  private void giveUp(Refusal why) {
    ledger.count(why);
    leave(TOO_SLOW);
  }

  private void fault(Throwable thrown) {
    LOG.log(System.Logger.Level.ERROR, "a listener failed; its pipe closes", thrown);
    leave(new Closure(Cause.FAULT, CloseCode.INTERNAL_ERROR, "internal error"));
  }

  /// Ends the OPEN phase with a goodbye.
  private void leave(Closure closure) {
    if (phase != Phase.OPEN) {
      return;
    }
    phase = Phase.LEAVING;
    leavingFor = closure.cause();
    leaveBy = loop.now() + settings.timing().goodbye().toNanos();
    if (closure.cause() == Cause.TOO_SLOW) {
      ledger.count(Refusal.OUTBOUND_ABANDONED, outflow.abandonWaiting());
    }
    outflow.writeGoodbye(Goodbye.of(closure));
    inflow.leave();
    tell(owner -> owner.closed(closure));
  }

  /// The connection is gone, or given up without a goodbye.
  private void finish(Closure closure) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (phase == Phase.OPEN) {
      tell(owner -> owner.closed(closure));
    }
    phase = Phase.ENDED;
    ledger.count(Refusal.OUTBOUND_ABANDONED, outflow.abandonAll());
    ledger.pipes.decrement();
    loop.forget(this);
    inflow.end();
  }

  private void cut() {
    var _ = channel.close();
  }

  /// Tells the listener in a task of its own. One that is only being made will be there by then.
  private void tell(Consumer<PipeListener> event) {
    loop.execute(() -> {
      var owner = listener;
      if (owner != null) {
        Foreign.run(() -> event.accept(owner), this::fault);
      }
    });
  }

  /// Owns a pipe whose owner could not be made.
  private static final class Nobody implements PipeListener {
    @Override
    public void received(Payload message) {}

    @Override
    public void oversized() {}

    @Override
    public void closed(Closure closure) {}
  }
}
