package dev.kith.server;

import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.ExitException;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// A computation beside the process that wants its result.
///
/// After Elixir's `Task`. The work runs at once, in a process of its own, on a virtual thread.
/// Whatever it throws is its result, and not the end of its owner; the owner's end is the work's.
///
/// {@snippet lang=java :
/// Task<Page> left = Task.start(self, () -> fetch(one));
/// Task<Page> right = Task.start(self, () -> fetch(two));
/// join(left.await(SECOND), right.await(SECOND));
/// }
///
/// A server should rather not wait, but be told ([#start(Self, Callable, Duration, Function)]).
///
/// **Threading.** A task is its owner's, who alone may await it, in its own turn, and once.
///
/// @param <R> the result
public final class Task<R> {
  private final Self<?> owner;
  private final ProcessRef<TaskKeeper.Event<R>> keeper;

  private Task(Self<?> owner, Callable<? extends R> work) {
    this.owner = owner;
    this.keeper = owner.spawn(TaskKeeper.spec(owner.ref(), work));
  }

  /// Starts a task.
  public static <R> Task<R> start(Self<?> owner, Callable<? extends R> work) {
    return new Task<>(owner, work);
  }

  /// Starts a task whose result comes as one of the owner's messages. After `within` the work is
  /// killed, and the result is a failure with [ExitReason#timeout].
  ///
  /// @return takes the message back, and ends the task
  public static <R, M> Cancel start(
      Self<M> owner,
      Callable<? extends R> work,
      Duration within,
      Function<? super Answer<R>, ? extends M> as) {
    Task<R> task = new Task<>(owner, work);
    Cancel told =
        owner.<Answer<R>, TaskKeeper.Event.Collect<R>>ask(
            task.keeper,
            new TaskKeeper.Event.Collect<>(),
            within,
            answer -> as.apply(task.result(answer)));
    return () -> {
      boolean inTime = told.cancel();
      task.drop();
      return inTime;
    };
  }

  /// Waits for the result. After `within` the work is killed.
  ///
  /// @throws ExitException if the work has thrown ([ExitReason.Crashed]), took too long, or its
  ///   process ended
  public R await(Duration within) {
    return outcome(within).orThrow();
  }

  /// As [#await], with the failure as a value.
  public Answer<R> outcome(Duration within) {
    try {
      return owner.<Answer<R>, TaskKeeper.Event.Collect<R>>call(
          keeper, new TaskKeeper.Event.Collect<>(), within);
    } catch (ExitException failed) {
      return result(new Answer.Failed<>(failed.reason()));
    }
  }

  /// Does something with each item, so many at a time, each within a time.
  ///
  /// **Limits.** `atOnce` bounds the processes.
  ///
  /// @return the outcomes in the order of the items
  public static <T, R> List<Answer<R>> forEach(
      Self<?> owner,
      Collection<? extends T> items,
      int atOnce,
      Duration within,
      Function<? super T, ? extends R> work) {
    if (atOnce < 1) {
      throw new IllegalArgumentException("at least 1 at once, not " + atOnce);
    }
    List<Answer<R>> outcomes = new ArrayList<>(items.size());
    Queue<Task<R>> running = new ArrayDeque<>();
    for (T item : items) {
      if (running.size() == atOnce) {
        outcomes.add(running.remove().outcome(within));
      }
      running.add(new Task<>(owner, () -> work.apply(item)));
    }
    for (Task<R> last : running) {
      outcomes.add(last.outcome(within));
    }
    return outcomes;
  }

  /// Ends the work, wherever it is.
  private void drop() {
    owner.send(keeper, new TaskKeeper.Event.Drop<>());
  }

  private Answer<R> result(Answer<Answer<R>> answer) {
    return switch (answer) {
      case Answer.Reply<Answer<R>>(Answer<R> outcome) -> outcome;
      case Answer.Failed<Answer<R>>(ExitReason reason) -> {
        drop();
        yield new Answer.Failed<>(reason);
      }
    };
  }
}
