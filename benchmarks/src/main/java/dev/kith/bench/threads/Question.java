package dev.kith.bench.threads;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What is asked in the benchmarks of calls.
///
/// @param number what the answer is to be
/// @param answer where it is awaited
record Question(Integer number, CompletableFuture<Integer> answer) {

  /// Asks whoever reads this queue, and waits.
  static Integer ask(BlockingQueue<Question> server, Integer number, long withinNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    Question question = new Question(number, new CompletableFuture<>());
    server.put(question);
    return question.answer().get(withinNanos, TimeUnit.NANOSECONDS);
  }

  /// Answers one.
  static void answer(BlockingQueue<Question> mailbox) throws InterruptedException {
    Question question = mailbox.take();
    question.answer().complete(question.number());
  }
}
