package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// A mailbox and nothing around it.
final class Box extends Mailbox {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private int arrived;

  @Override
  public boolean run(Slice slice) {
    throw new IllegalStateException("a box has no turns");
  }

  @Override
  @Nullable Mail arrived(Signal signal) {
    arrived++;
    return (Mail) signal;
  }

  Push push(Mail mail) {
    return push(mail, 1, NO_LIMIT);
  }

  Push push(Mail mail, int weight, int limit) {
    return push(mail, weight, limit, false);
  }

  /// The number that the next message holds; 0 if there is none.
  int take() {
    Mail mail = poll();
    return mail == null ? 0 : (int) mail.open();
  }

  /// As [#take], of what was fetched before.
  int takeKept() {
    Mail mail = pollKept();
    return mail instanceof Message message ? (int) message.value : 0;
  }

  /// How many signals were fetched so far.
  int arrivedIn() {
    return arrived;
  }

  /// How many pushes of these two were told to make the process runnable.
  static int wakes(Push one, Push other) {
    return (one == Push.WOKE ? 1 : 0) + (other == Push.WOKE ? 1 : 0);
  }
}
