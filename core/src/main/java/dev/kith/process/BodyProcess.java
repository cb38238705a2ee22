package dev.kith.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A process whose code is a [Body], on a thread of its own.
final class BodyProcess<M> extends LocalProcess<M> implements Inbox<M> {
  private final Supplier<?> code;
  private final Waiter ownWaiter = new Waiter();

  /// Messages out of the mailbox that were not yet taken, oldest first: those that a selective
  /// receive has passed over, and the one that it looks at.
  private final List<Aside<M>> aside = new ArrayList<>();

  private final Tracers tracers = new Tracers();

  private static final class Aside<M> {
    final Mail mail;

    /// What it holds, once it was opened.
    @Nullable M message;

    Aside(Mail mail) {
      this.mail = mail;
    }
  }

  BodyProcess(Node node, long serial, ProcessSpec<M> spec, @Nullable Lineage parent) {
    super(node, serial, spec, parent);
    this.code = spec.code();
    this.waiter = ownWaiter;
  }

  @Override
  public boolean run(Slice slice) {
    Thread thread = Thread.currentThread();
    begin(thread);
    startedReturned();
    runOwnCode(this::live);
    if (!isFenced()) {
      die(ExitReason.normal());
    }
    lastHandled();
    finish();
    Running.end(thread);
    return false;
  }

  @SuppressWarnings("unchecked") // a body's spec holds a body
  private void live() throws Exception {
    ((Supplier<Body<M>>) code).get().run(self, this);
  }

  @Override
  public M receive() {
    return take(Long.MAX_VALUE, Optional::of)
        .orElseThrow(() -> new IllegalStateException("waited for ever in vain"));
  }

  @Override
  public Optional<M> receive(Duration within) {
    return take(node.deadline(within), Optional::of);
  }

  @Override
  public <T> Optional<T> receive(Duration within, Function<? super M, Optional<T>> select) {
    return take(node.deadline(within), select);
  }

  @Override
  public <T extends M> T receive(Class<T> only) {
    return take(
            Long.MAX_VALUE,
            message ->
                only.isInstance(message) ? Optional.of(only.cast(message)) : Optional.empty())
        .orElseThrow(() -> new IllegalStateException("waited for ever in vain"));
  }

  private <T> Optional<T> take(long deadline, Function<? super M, Optional<T>> select) {
    boolean outer = enterToChange();
    try {
      lastHandled();
      for (int looked = 0; ; ) {
        if (looked < aside.size() && !isSuspended()) {
          Aside<M> candidate = aside.get(looked);
          if (candidate.mail.isForRuntime()) {
            remove(candidate);
            candidate.mail.runFor(this);
            continue;
          }
          Optional<T> chosen = offer(candidate, select);
          if (chosen.isPresent()) {
            remove(candidate);
            handles(candidate.mail);
            tellTracers(candidate);
            return chosen;
          }
          looked++;
        } else if (!layNextAside() && !Waiting.forSignal(this, deadline)) {
          return Optional.empty();
        }
      }
    } finally {
      leave(outer);
    }
  }

  /// Opens a message, the first time, and shows it to the process's own code. If that throws or
  /// never returns, the message is where it was.
  @SuppressWarnings("unchecked") // references are typed, names and wires are checked
  private <T> Optional<T> offer(Aside<M> candidate, Function<? super M, Optional<T>> select) {
    leave(false);
    M message = candidate.message;
    if (message == null) {
      message = (M) candidate.mail.open();
      candidate.message = message;
    }
    Optional<T> chosen = select.apply(message);
    enter();
    return chosen;
  }

  private void tellTracers(Aside<M> taken) {
    if (!tracers.isEmpty() && taken.message != null) {
      leave(false);
      tracers.tell(pid(), taken.message);
      enter();
    }
  }

  /// Takes the next message out of the mailbox; false if there is none.
  private boolean layNextAside() {
    Mail mail = poll();
    if (mail != null && mail.isForRuntime()) {
      mail.runFor(this);
    } else if (mail != null) {
      aside.add(new Aside<>(mail));
      laidAside();
    }
    unwindIfEnding();
    return mail != null;
  }

  private void remove(Aside<M> candidate) {
    aside.remove(candidate);
    fromAside();
  }

  /// The message taken before is done with.
  private void lastHandled() {
    Mail last = current;
    if (last != null) {
      handled(last);
    }
  }

  @Override
  void handleAgain(Mail mail) {
    throw new IllegalStateException("a body receives selectively and lays nothing aside");
  }

  @Override
  void terminate(ExitReason reason) {}

  @Override
  void refuseAside(ExitReason reason) {
    for (Aside<M> left : aside) {
      left.mail.refuse(this, reason);
    }
    aside.clear();
  }

  @Override
  Waiter ownWaiter() {
    return ownWaiter;
  }

  @Override
  boolean isThreaded() {
    return true;
  }

  @Override
  void trace(Tracer tracer, boolean now) {
    if (now) {
      tracers.add(tracer);
    } else {
      tracers.remove(tracer);
    }
  }

  @Override
  Object inspection() {
    return "a body";
  }
}
