package dev.kith.process;

import java.util.function.Function;

/// The request behind every awaited start: answered by the new process when it is up.
record Starting<N>() implements Request<StartResult<N>> {

  /// Turns the answer into what the starter wants to hear.
  static <N, M> Function<Answer<StartResult<N>>, M> told(
      Function<? super StartResult<N>, ? extends M> as) {
    return answer -> as.apply(result(answer));
  }

  static <N> StartResult<N> result(Answer<StartResult<N>> answer) {
    return switch (answer) {
      case Answer.Reply<StartResult<N>>(StartResult<N> result) -> result;
      case Answer.Failed<StartResult<N>>(ExitReason reason) -> new StartResult.Failed<>(reason);
    };
  }
}
