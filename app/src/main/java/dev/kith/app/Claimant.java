package dev.kith.app;

import dev.kith.cluster.ExclusiveNames;
import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Answer;
import dev.kith.process.Down;
import dev.kith.process.Name;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.io.PrintStream;
import java.time.Duration;

/// Stands in line for an exclusive name of the cluster, for a process that does nothing, and says
/// when that has it and when it has it no more:
///
/// ```
/// has NAME token=42 at=1763740000000 node=one
/// lost NAME token=42 at=1763740009000 node=one
/// ```
///
/// So what runs beside a node can be where the name is. A node that may have been removed loses it
/// before another can have it; whoever acts on these lines should hand the token on, which grows
/// from holder to holder.
final class Claimant implements Server<Claimant.Event> {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final Name<Object> name;
  private final ExclusiveNames names;
  private final PrintStream out;
  private long token;

  sealed interface Event {}

  /// It is time to have a process that wants it.
  record Begin() implements Event {}

  /// It is time for another attempt.
  record Again(ProcessRef<Object> holder) implements Event {}

  /// What became of that.
  record Answered(ProcessRef<Object> holder, Answer<Attempt<Lease>> answer) implements Event {}

  /// The process with the name has ended.
  record Ended() implements Event {}

  Claimant(String name, ExclusiveNames names, PrintStream out) {
    this.name = Name.of(name, Object.class);
    this.names = names;
    this.out = out;
  }

  @Override
  public void started(Self<Event> self) {
    self.send(self.ref(), new Begin());
  }

  @Override
  public void handle(Self<Event> self, Event event) {
    switch (event) {
      case Begin() -> want(self, self.node().spawn(Object.class, () -> (_, _) -> {}));
      case Answered(var holder, Answer.Reply<Attempt<Lease>>(Attempt.Done<Lease>(Lease lease))) -> {
        token = lease.token();
        say(self, "has");
        var _ = self.monitor(holder, (Down _) -> new Ended());
      }
      case Answered(var holder, var _) -> self.sendAfter(AGAIN, new Again(holder));
      case Again(var holder) -> want(self, holder);
      case Ended() -> {
        say(self, "lost");
        self.sendAfter(AGAIN, new Begin());
      }
    }
  }

  private void want(Self<Event> self, ProcessRef<Object> holder) {
    var _ = names.claim(self, name, holder, WITHIN, answer -> new Answered(holder, answer));
  }

  private void say(Self<Event> self, String what) {
    out.printf(
        "%s %s token=%d at=%d node=%s%n",
        what, name.text(), token, self.node().clock().wallMillis(), self.node().name());
    out.flush();
  }
}
