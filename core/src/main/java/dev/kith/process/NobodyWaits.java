package dev.kith.process;

/// The right to answer a request that nobody waits for.
record NobodyWaits<R>() implements ReplyTo<R> {
  @Override
  public void reply(R value) {}

  @Override
  public void fail(ExitReason reason) {}

  @Override
  public boolean isAwaited() {
    return false;
  }
}
