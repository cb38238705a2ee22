package dev.kith.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Reading stops for three reasons: the pipe has no owner yet, the owner suspended it, or the client is
 * too fast. Stopping means that the system's buffers fill up and the client's own connection holds it
 * back. Bytes that had left the socket before are held here and read first when reading goes on: what
 * Netty had under way, so a few reads' worth. A pipe that is leaving always reads, because it waits for
 * a goodbye.
 */

/// What comes in on one pipe: reads it while it is wanted, holds it while it is not.
///
/// **Threading.** Belongs to one loop.
final class Inflow {
  private final Channel channel;
  private final NetLoop loop;
  private final Ledger ledger;
  private final MessageReader reader;
  private final Consumer<Throwable> onFault;
  private final Pulse pulse;
  private final TokenBucket bucket;

  private boolean closed = true;
  private boolean suspended;
  private boolean throttled;
  private boolean leaving;

  private @Nullable Queue<ByteBuf> held;

  Inflow(
      Channel channel,
      NetLoop loop,
      Ledger ledger,
      ServerSettings settings,
      MessageReader.Sink sink,
      Consumer<Throwable> onFault) {
    this.channel = channel;
    this.loop = loop;
    this.ledger = ledger;
    this.onFault = onFault;
    reader = new MessageReader(settings.messages(), sink);
    pulse = new Pulse(settings.timing(), loop.now());
    bucket = new TokenBucket(settings.rate(), loop.now());
  }

  /// Bytes came; they are taken over.
  void take(ByteBuf in) {
    pulse.heard(loop.refresh());
    if (held == null && isOn()) {
      read(in);
    } else {
      hold(in);
    }
  }

  /// Whether reading goes on.
  boolean isOn() {
    return leaving || !(closed || suspended || throttled);
  }

  /// There is an owner now.
  void open() {
    closed = false;
    readOn();
  }

  void suspend() {
    suspended = true;
    adjust();
  }

  /// Goes on in a task of its own, since the owner may be inside a call made from here.
  void resume() {
    if (suspended) {
      suspended = false;
      pulse.heard(loop.now());
      loop.execute(this::readOn);
    }
  }

  /// From now on only the goodbye matters.
  void leave() {
    leaving = true;
    loop.execute(this::readOn);
  }

  /// The connection is gone.
  void end() {
    if (held != null) {
      held.forEach(ByteBuf::release);
      held = null;
    }
  }

  /// A frame has begun: it takes a token, and if there was none reading pauses behind it.
  void frame() {
    if (!bucket.take(loop.now()) && !throttled) {
      ledger.count(Refusal.RATE_EXCEEDED);
      throttled = true;
      adjust();
      loop.schedule(this::ease, bucket.pauseNanos(loop.now()));
    }
  }

  /// What to do about the client's silence; silence while reading is stopped does not count.
  Pulse.Verdict pulseAt(long now) {
    if (!isOn()) {
      pulse.heard(now);
    }
    return pulse.at(now);
  }

  private void ease() {
    long pause = bucket.pauseNanos(loop.refresh());
    if (pause > 0) {
      loop.schedule(this::ease, pause);
      return;
    }
    throttled = false;
    pulse.heard(loop.now());
    readOn();
  }

  /// Reads what is held, then from the socket again.
  private void readOn() {
    while (held != null && isOn()) {
      var in = held.poll();
      if (in == null) {
        held = null;
      } else {
        read(in);
      }
    }
    adjust();
  }

  /// Reads as much of the buffer as is wanted and holds the rest before all else that is held.
  private void read(ByteBuf in) {
    Foreign.run(() -> reader.read(in), onFault);
    if (!in.isReadable()) {
      in.release();
      return;
    }
    var rest = held;
    held = null;
    hold(in);
    if (rest != null) {
      rest.forEach(this::hold);
    }
  }

  private void hold(ByteBuf in) {
    if (held == null) {
      held = new ArrayDeque<>(2);
    }
    held.add(in);
  }

  private void adjust() {
    channel.config().setAutoRead(isOn());
  }
}
