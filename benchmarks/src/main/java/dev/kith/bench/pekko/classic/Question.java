package dev.kith.bench.pekko.classic;

import org.apache.pekko.actor.UntypedAbstractActor;

/// What is asked in the benchmarks of calls and asks.
///
/// @param number what the answer is to be
record Question(Integer number) {

  /// One that answers it.
  static final class Answerer extends UntypedAbstractActor {
    @Override
    public void onReceive(Object message) {
      if (message instanceof Question(Integer number)) {
        getSender().tell(number, getSelf());
      } else {
        unhandled(message);
      }
    }
  }
}
