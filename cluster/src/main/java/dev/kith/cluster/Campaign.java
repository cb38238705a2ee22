package dev.kith.cluster;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.RegistrarEvent;
import dev.kith.process.Answer;
import dev.kith.process.Name;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;

/// The process that wants this node to lead: it stands in the line for the leader's lease, and
/// again when it has lost it.
final class Campaign implements Server<Campaign.Message> {
  static final Name<Message> NAME = Name.of("kith.campaign", Message.class);

  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final Enrolment enrolment;

  sealed interface Message {}

  /// What became of standing in line.
  record Stood(Answer<Attempt<Lease>> answer) implements Message {}

  /// A lease is lost.
  record Lost(Lease lease) implements Message {}

  Campaign(Enrolment enrolment) {
    this.enrolment = enrolment;
  }

  @Override
  public void started(Self<Message> self) {
    self.subscribe(RegistrarEvent.LeaseLost.class, lost -> new Lost(lost.lease()));
    stand(self);
  }

  private void stand(Self<Message> self) {
    String address = enrolment.own().map(member -> member.address()).orElse("");
    enrolment.acquire(self, Enrolment.LEADER, address, WITHIN, Stood::new);
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Stood(Answer.Reply<Attempt<Lease>>(Attempt.Done<Lease> _)) -> {
        // it leads, until it has lost that
      }
      case Stood _ -> stand(self);
      case Lost(Lease lease) -> {
        if (lease.name().equals(Enrolment.LEADER)) {
          stand(self);
        }
      }
    }
  }
}
