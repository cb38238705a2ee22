package dev.kith.process;

/// The one-shot right to answer one request.
///
/// It can be kept, stored and sent to another process, which then answers in the server's place.
/// The caller is told when the process that *took* it dies first.
///
/// **Threading.** Any thread may answer; the first answer counts, and one that comes after the
/// caller stopped waiting is dropped and counted.
///
/// @param <R> the answer
public interface ReplyTo<R> {

  /// Answers.
  void reply(R value);

  /// Tells the caller that there will be no answer.
  void fail(ExitReason reason);

  /// Whether the caller waits still, for all that this node knows. Of one on another node it never
  /// hears, so that is always taken to wait.
  boolean isAwaited();
}
