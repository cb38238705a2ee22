package dev.kith.server;

import dev.kith.process.Cancel;
import dev.kith.process.ExitReason;
import dev.kith.process.Self;
import dev.kith.process.Server;
import org.jspecify.annotations.Nullable;

/// Runs a [StateMachine] as a server.
final class MachineServer<S, M> implements Server<M> {
  private final StateMachine<S, M> machine;

  /// Null before the first step.
  private @Nullable S state;

  private @Nullable Cancel timeout;

  MachineServer(StateMachine<S, M> machine) {
    this.machine = machine;
  }

  @Override
  public void started(Self<M> self) throws Exception {
    Step<S, M> first = machine.start(self);
    if (first.next().isEmpty() || first.isPostponed()) {
      throw new IllegalStateException("a machine starts by going to a state");
    }
    take(self, first);
  }

  @Override
  public void handle(Self<M> self, M message) throws Exception {
    Step<S, M> step = machine.handle(self, current(), message);
    if (step.isPostponed()) {
      self.postpone();
    }
    take(self, step);
  }

  private void take(Self<M> self, Step<S, M> step) {
    S next = step.next().orElse(state);
    if (next != null && !next.equals(state)) {
      state = next;
      endTimeout();
      self.retryPostponed();
    }
    step.timeout()
        .ifPresent(wanted -> {
          endTimeout();
          timeout = self.sendAfter(wanted.within(), wanted.message());
        });
  }

  private void endTimeout() {
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
  }

  private S current() {
    S known = state;
    if (known == null) {
      throw new IllegalStateException("not started");
    }
    return known;
  }

  @Override
  public void terminate(Self<M> self, ExitReason reason) throws Exception {
    if (state != null) {
      machine.terminate(self, state, reason);
    }
  }

  @Override
  public Object inspect() {
    return state == null ? "not started" : machine.inspect(state);
  }
}
