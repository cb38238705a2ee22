package dev.kith.server;

import dev.kith.process.Answer;
import dev.kith.process.Body;
import dev.kith.process.Down;
import dev.kith.process.Exit;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.ReplyTo;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Stands between a [Task]'s owner and its work: the work's end, however it comes, is a result for
/// the owner, and the owner's end ends the work.
final class TaskKeeper<R> implements Server<TaskKeeper.Event<R>> {
  private final ProcessRef<?> owner;
  private final Callable<? extends R> work;
  private @Nullable ProcessRef<Object> worker;

  /// Null while the work goes on.
  private @Nullable Answer<R> outcome;

  /// Null until the owner asks.
  private @Nullable ReplyTo<Answer<R>> asker;

  /// What a keeper hears.
  ///
  /// @param <R> the result
  sealed interface Event<R> {
    /// The owner wants the outcome.
    record Collect<R>() implements Event<R>, Request<Answer<R>> {}

    /// The owner wants it no longer.
    record Drop<R>() implements Event<R> {}

    /// The owner is no more.
    record OwnerEnded<R>(Down down) implements Event<R> {}

    /// The work is done.
    record Worked<R>(R result) implements Event<R> {}

    /// The process that works is no more.
    record WorkerEnded<R>(Exit exit) implements Event<R> {}
  }

  private TaskKeeper(ProcessRef<?> owner, Callable<? extends R> work) {
    this.owner = owner;
    this.work = work;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class of a generic interface
  static <R> ProcessSpec<Event<R>> spec(ProcessRef<?> owner, Callable<? extends R> work) {
    return ProcessSpec.server((Class) Event.class, () -> new TaskKeeper<R>(owner, work));
  }

  @Override
  public void started(Self<Event<R>> self) {
    self.trapExits(Event.WorkerEnded::new);
    self.monitor(owner, Event.OwnerEnded::new);
    ProcessRef<Event<R>> keeper = self.ref();
    Body<Object> body = (inWork, _) -> inWork.send(keeper, new Event.Worked<>(work.call()));
    worker = self.spawnLinked(ProcessSpec.body(Object.class, body));
  }

  @Override
  public void handle(Self<Event<R>> self, Event<R> event) {
    switch (event) {
      case Event.Collect<R> collect -> {
        asker = self.replyTo(collect);
        answer(self);
      }
      case Event.Worked<R>(R result) -> finish(self, new Answer.Reply<>(result));
      case Event.WorkerEnded<R>(Exit exit) -> finish(self, new Answer.Failed<>(exit.reason()));
      case Event.Drop<R> _, Event.OwnerEnded<R> _ -> giveUp(self);
    }
  }

  private void finish(Self<Event<R>> self, Answer<R> result) {
    if (outcome == null) {
      outcome = result;
      answer(self);
    }
  }

  private void answer(Self<Event<R>> self) {
    if (asker != null && outcome != null) {
      asker.reply(outcome);
      self.exit(ExitReason.normal());
    }
  }

  private void giveUp(Self<Event<R>> self) {
    if (worker != null) {
      self.exit(worker, ExitReason.kill());
    }
    self.exit(ExitReason.normal());
  }
}
