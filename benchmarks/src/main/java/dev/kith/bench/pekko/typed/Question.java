package dev.kith.bench.pekko.typed;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// What is asked in the benchmarks of calls and asks.
///
/// @param number what the answer is to be
/// @param asker who waits for it
record Question(Integer number, ActorRef<Integer> asker) {

  /// A behavior that answers it.
  static Behavior<Question> answerer() {
    return Behaviors.receiveMessage(question -> {
      question.asker().tell(question.number());
      return Behaviors.same();
    });
  }
}
