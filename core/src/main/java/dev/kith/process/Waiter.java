package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// Where one thread waits for one permit.
///
/// **Threading.** One thread waits ([Scheduler#await]); any thread gives the permit
/// ([Scheduler#resume]).
public final class Waiter {
  /// The thread that waits. Written by it before it can be resumed.
  private volatile @Nullable Thread thread;

  /// Set by whoever resumes, taken back by the thread that waits.
  private volatile boolean permit;

  /// Whatever the scheduler keeps with a waiter. Guarded by the scheduler.
  private @Nullable Object attachment;

  /// A waiter without a permit.
  public Waiter() {}

  /// Gives the permit.
  ///
  /// @return the thread to wake, if one has begun to wait
  public @Nullable Thread permit() {
    permit = true;
    return thread;
  }

  /// Says who is about to wait.
  public void occupy(Thread waiting) {
    thread = waiting;
  }

  /// Whether the permit is there.
  public boolean isPermitted() {
    return permit;
  }

  /// Takes the permit if it is there.
  public boolean take() {
    if (!permit) {
      return false;
    }
    permit = false;
    return true;
  }

  /// What the scheduler keeps with this waiter.
  public @Nullable Object attachment() {
    return attachment;
  }

  /// Keeps something with this waiter.
  public void attach(@Nullable Object value) {
    attachment = value;
  }
}
