package dev.kith.bench.kith;

import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;

/// What is asked in the benchmarks of calls and asks.
///
/// @param number what the answer is to be
record Question(Integer number) implements Request<Integer> {

  /// A server that answers it.
  static final class Answerer implements Server<Question> {
    @Override
    public void handle(Self<Question> self, Question question) {
      self.reply(question, question.number());
    }
  }
}
