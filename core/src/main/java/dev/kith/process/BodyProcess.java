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

  /// Messages that a selective receive has passed over, oldest first.
  private final List<Saved<M>> saved = new ArrayList<>();

  /// A message that was opened and not yet taken.
  private record Saved<M>(Mail mail, M message) {}

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
    die(ExitReason.normal());
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
    boolean outer = enterSelf();
    try {
      lastHandled();
      Optional<T> found = takeSaved(select);
      while (found.isEmpty()) {
        Mail mail = poll();
        unwindIfEnding();
        if (mail != null) {
          found = takeNew(mail, select);
        } else if (!awaitSignal(deadline)) {
          return Optional.empty();
        }
      }
      return found;
    } finally {
      leave(outer);
    }
  }

  private <T> Optional<T> takeSaved(Function<? super M, Optional<T>> select) {
    for (int i = 0; i < saved.size(); i++) {
      Saved<M> candidate = saved.get(i);
      Optional<T> chosen = select.apply(candidate.message);
      if (chosen.isPresent()) {
        saved.remove(i);
        handles(candidate.mail);
        return chosen;
      }
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked") // references are typed, names and wires are checked
  private <T> Optional<T> takeNew(Mail mail, Function<? super M, Optional<T>> select) {
    @Nullable M message = (M) mail.open();
    if (message == null) {
      return Optional.empty();
    }
    Optional<T> chosen = select.apply(message);
    if (chosen.isPresent()) {
      handles(mail);
    } else {
      saved.add(new Saved<>(mail, message));
    }
    return chosen;
  }

  /// The message taken before is done with.
  private void lastHandled() {
    Mail last = current;
    if (last != null) {
      handled(last);
    }
  }

  @Override
  void terminate(ExitReason reason) {
    for (Saved<M> left : saved) {
      left.mail.refuse(this, reason);
    }
    saved.clear();
  }

  @Override
  Waiter waiter() {
    return ownWaiter;
  }

  @Override
  boolean isThreaded() {
    return true;
  }

  @Override
  Object inspection() {
    return "a body";
  }
}
