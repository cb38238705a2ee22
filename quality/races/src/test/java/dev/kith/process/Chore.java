package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// A turn without a process: what a scheduler sees of one, and nothing else.
final class Chore extends Mailbox {
  private final Runnable work;

  Chore(Runnable work) {
    this.work = work;
  }

  @Override
  public boolean run(Slice slice) {
    work.run();
    return false;
  }

  @Override
  @Nullable Mail arrived(Signal signal) {
    throw new IllegalStateException("a chore gets no mail");
  }
}
