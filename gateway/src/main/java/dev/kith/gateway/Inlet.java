package dev.kith.gateway;

import dev.kith.process.ProcessRef;
import dev.kith.wire.Closure;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * What comes from a client goes to its session's process; when the process does not keep up, the pipe is
 * suspended and the client feels it in its connection. `waiting` counts what was handed over and is not yet
 * dealt with: up on the loop, down in the process, which posts a look at LOW. That look runs on the loop after
 * whatever the loop was doing, the suspension included, so none is missed.
 */
/// The inbound side of a session, on the pipe's loop.
final class Inlet implements PipeListener {
  private static final int HIGH = 512;
  private static final int LOW = 128;

  private final Pipe pipe;
  private final ProcessRef<SessionMessage> session;

  /// Handed over and not yet dealt with. Loop and process.
  private final AtomicInteger waiting = new AtomicInteger();

  /// The loop's.
  private boolean suspended;

  Inlet(Pipe pipe, ProcessRef<SessionMessage> session) {
    this.pipe = pipe;
    this.session = session;
  }

  @Override
  public void received(Payload message) {
    handOver(new SessionMessage.Received(message, this));
  }

  @Override
  public void oversized() {
    handOver(new SessionMessage.Oversized(this));
  }

  private void handOver(SessionMessage message) {
    session.send(message);
    if (waiting.incrementAndGet() > HIGH && !suspended) {
      suspended = true;
      pipe.suspend();
      look();
    }
  }

  @Override
  public void closed(Closure closure) {
    session.send(new SessionMessage.Closed(closure));
  }

  /// The process has dealt with one message.
  void done() {
    if (waiting.decrementAndGet() == LOW) {
      pipe.loop().execute(this::look);
    }
  }

  private void look() {
    if (suspended && waiting.get() <= LOW) {
      suspended = false;
      pipe.resume();
    }
  }
}
