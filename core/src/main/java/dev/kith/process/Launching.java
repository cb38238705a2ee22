package dev.kith.process;

import java.util.Optional;

/// A start under way: the question whether it is up, and the process that answers it.
record Launching<N>(Cancel question, Optional<ProcessRef<N>> process) implements Launch<N> {

  static <N> Launching<N> of(Cancel question, StartResult<N> made) {
    return new Launching<>(
        question,
        made instanceof StartResult.Started<N>(ProcessRef<N> process)
            ? Optional.of(process)
            : Optional.empty());
  }

  @Override
  public boolean cancel() {
    return question.cancel();
  }
}
