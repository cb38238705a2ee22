package dev.kith.process;

/// How long a thread may stay with one process, or with a pair that keeps waking each other, before
/// somebody else's turn comes.
///
/// It ends by a count of messages or by a tick that somebody else advances, so that no message
/// costs a look at the clock.
///
/// **Threading.** Belongs to the thread that runs the turn.
public final class Slice {
  private final Ticker ticker;
  private int left;
  private int tick;

  /// A slice that ends by count, or when the ticker has moved on twice.
  Slice(Ticker ticker) {
    this.ticker = ticker;
  }

  /// A slice that ends by count alone.
  public static Slice of(int messages) {
    Slice slice = new Slice(new Ticker());
    slice.renew(messages);
    return slice;
  }

  /// Begins a new slice.
  void renew(int messages) {
    left = messages;
    tick = ticker.now();
  }

  /// Counts one message.
  void use() {
    left--;
  }

  /// Whether it is somebody else's turn.
  boolean isSpent() {
    return left <= 0 || ticker.now() - tick > 1;
  }

  /// Coarse time: about a millisecond a step while anything runs.
  static final class Ticker {
    /// Written by the monitor thread alone, read by all workers.
    private volatile int now;

    int now() {
      return now;
    }

    void advance() {
      int next = now + 1;
      now = next;
    }
  }
}
