package dev.kith.testing;

import dev.kith.wire.Cause;
import dev.kith.wire.CloseCode;
import dev.kith.wire.Closure;
import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pipe of a world: what is written to it is recorded.
final class SimulatedPipe implements Pipe {
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

  final SimulatedLoop loop;
  private final List<String> received;
  @Nullable PipeListener listener;
  boolean closed;

  SimulatedPipe(SimulatedLoop loop, List<String> received) {
    this.loop = loop;
    this.received = received;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public InetSocketAddress remote() {
    return REMOTE;
  }

  @Override
  public void write(Payload message) {
    if (!closed) {
      received.add(message.text());
    }
  }

  @Override
  public long pendingBytes() {
    return 0;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void suspend() {}

  @Override
  public void resume() {}

  @Override
  public void close(CloseCode code, String reason) {
    end(new Closure(Cause.OWNER, code, reason));
  }

  void end(Closure closure) {
    PipeListener owner = listener;
    if (!closed && owner != null) {
      closed = true;
      owner.closed(closure);
    }
  }
}
