package dev.kith.process;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A process whose code is a [Server]: it holds a thread only during its turns.
final class ServerProcess<M> extends LocalProcess<M> {
  private static final int FOUND_BLOCKING_MAX = 3;

  /// What makes the server, then the server.
  private Object code;

  private boolean up;

  /// Whether its turns run on virtual threads. Set at the start if the spec says so, later by the
  /// monitor thread when it has found the process blocking; read by schedulers.
  volatile boolean blocking;

  /// Made when the process first blocks in a call.
  private @Nullable Waiter ownWaiter;

  /// How often the monitor thread has found the process waiting in its own code. That thread's.
  private byte foundBlocking;

  ServerProcess(Node node, long serial, ProcessSpec<M> spec, @Nullable Lineage parent) {
    super(node, serial, spec, parent);
    this.code = spec.code();
    this.blocking = spec.isBlocking();
  }

  @Override
  public boolean run(Slice slice) {
    Thread thread = Thread.currentThread();
    begin(thread);
    boolean more = turn(slice, thread);
    Running.end(thread);
    Thread.interrupted(); // whatever the process's code has left behind
    return more;
  }

  private boolean turn(Slice slice, Thread thread) {
    if (!up) {
      start();
    }
    while (!isEnding()) {
      if (slice.isSpent() && hasMail()) {
        pause();
        return true;
      }
      Mail mail = poll();
      if (mail == null) {
        if (isEnding()) {
          break;
        }
        pause();
        if (goIdle()) {
          return false;
        }
        begin(thread);
      } else if (isEnding()) {
        putBack(mail);
      } else {
        take(mail);
        slice.use();
      }
    }
    finish();
    return false;
  }

  private void take(Mail mail) {
    if (mail.isForRuntime()) {
      mail.runFor(this);
    } else {
      handles(mail);
      handle(mail);
    }
  }

  @SuppressWarnings("unchecked") // references are typed, names and wires are checked
  private void handle(Mail mail) {
    leave(false);
    try {
      server().handle(self, (M) mail.open());
      backInRuntime();
    } catch (Throwable thrown) {
      crashed(thrown);
    }
    handled(mail);
  }

  /// Handles a message that it has laid aside, once more.
  @Override
  void handleAgain(Mail mail) {
    handlesAgain(mail);
    handle(mail);
  }

  /// The monitor thread has found the process waiting in its own code: after a few times its turns
  /// move to virtual threads.
  void foundBlocking() {
    if (++foundBlocking >= FOUND_BLOCKING_MAX) {
      blocking = true;
    }
  }

  private void start() {
    up = true;
    runOwnCode(() -> {
      Server<M> server = made();
      code = server;
      server.started(self);
    });
    if (!isEnding()) {
      startedReturned();
    }
  }

  @SuppressWarnings("unchecked") // before the start, the code is what makes it
  private Server<M> made() {
    return ((Supplier<? extends Server<M>>) code).get();
  }

  @SuppressWarnings("unchecked") // after the start, the code is the server
  private Server<M> server() {
    return (Server<M>) code;
  }

  @Override
  void terminate(ExitReason reason) throws Exception {
    if (code instanceof Server<?>) {
      server().terminate(self, reason);
    }
  }

  @Override
  Waiter ownWaiter() {
    Waiter known = ownWaiter;
    if (known == null) {
      known = new Waiter();
      ownWaiter = known;
    }
    return known;
  }

  @Override
  boolean isThreaded() {
    return false;
  }

  @Override
  void trace(Tracer tracer, boolean now) {
    TracedServer<M> traced =
        server() instanceof TracedServer<M> known ? known : new TracedServer<>(server());
    if (now) {
      traced.tracers.add(tracer);
    } else {
      traced.tracers.remove(tracer);
    }
    code = traced.tracers.isEmpty() ? traced.server : traced;
  }

  @Override
  Object inspection() {
    return code instanceof Server<?> ? server().inspect() : "not started";
  }
}
