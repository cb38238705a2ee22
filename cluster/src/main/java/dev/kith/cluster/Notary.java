package dev.kith.cluster;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.cluster.registrar.RegistrarEvent;
import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.Down;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ReplyTo;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The process that has exclusive names for processes of this node, and gives them back when those
/// end.
///
/// A restart kills who has a name: nobody would give it back. Its own end does that, and should it
/// have been killed, its successor.
final class Notary implements Server<Notary.Message> {
  static final Name<Message> NAME = Name.of("kith.notary", Message.class);

  private final Enrolment enrolment;

  /// Who has which name, by the name's text.
  private final Map<String, Title> titles = new HashMap<>();

  sealed interface Message {}

  /// A process wants a name.
  record Claim(Name<?> name, ProcessRef<?> holder, Duration within)
      implements Message, Request<Attempt<Lease>> {}

  /// What became of that.
  record Claimed(Claim claim, ReplyTo<Attempt<Lease>> to, Answer<Attempt<Lease>> answer)
      implements Message {}

  /// A process gives a name back.
  record GiveBack(String name, Pid holder) implements Message {}

  /// A process with a name has ended.
  record Ended(String name, Pid holder) implements Message {}

  /// A lease is lost.
  record Lost(Lease lease) implements Message {}

  /// What this node can rely on has changed.
  record Stay(Confidence confidence) implements Message {}

  /// A process, the name it has, and what tells of its end.
  private record Title(ProcessRef<?> holder, Lease lease, Cancel monitor) {}

  Notary(Enrolment enrolment) {
    this.enrolment = enrolment;
  }

  @Override
  public void started(Self<Message> self) {
    self.subscribe(RegistrarEvent.LeaseLost.class, lost -> new Lost(lost.lease()));
    self.subscribe(RegistrarEvent.StayChanged.class, stay -> new Stay(stay.confidence()));
    for (Lease lease : enrolment.held()) {
      if (lease.name().startsWith(ExclusiveNames.LEASE)) {
        ExclusiveNames.fence(self.node(), lease);
        enrolment.release(lease);
      }
    }
  }

  @Override
  public void terminate(Self<Message> self, ExitReason reason) {
    endAll(self);
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Claim claim -> claim(self, claim);
      case Claimed claimed -> claimed(self, claimed);
      case GiveBack(String name, Pid holder) -> giveBack(name, holder);
      case Ended(String name, Pid holder) -> giveBack(name, holder);
      case Lost(Lease lease) -> lost(self, lease);
      case Stay(Confidence confidence) -> {
        if (confidence != Confidence.MEMBER) {
          endAll(self);
        }
      }
    }
  }

  private void claim(Self<Message> self, Claim claim) {
    if (!claim.holder.pid().node().equals(self.node().name())) {
      self.reply(claim, new Attempt.Refused<>(claim.holder.pid() + " is on another node"));
      return;
    }
    ReplyTo<Attempt<Lease>> to = self.replyTo(claim);
    enrolment.acquire(
        self,
        ExclusiveNames.LEASE + claim.name.text(),
        ExclusiveNames.Holder.text(claim.holder.pid(), claim.name.protocol()),
        claim.within,
        answer -> new Claimed(claim, to, answer));
  }

  private void claimed(Self<Message> self, Claimed claimed) {
    switch (claimed.answer) {
      case Answer.Reply<Attempt<Lease>>(Attempt.Done<Lease>(Lease lease))
          when !enrolment.isSure() -> {
        enrolment.release(lease);
        claimed.to.reply(new Attempt.Unknown<>("this node may have been removed"));
      }
      case Answer.Reply<Attempt<Lease>>(Attempt.Done<Lease>(Lease lease)) -> {
        String name = claimed.claim.name.text();
        Pid holder = claimed.claim.holder.pid();
        Cancel monitor = self.monitor(claimed.claim.holder, (Down _) -> new Ended(name, holder));
        titles.put(name, new Title(claimed.claim.holder, lease, monitor));
        claimed.to.reply(new Attempt.Done<>(lease));
      }
      case Answer.Reply<Attempt<Lease>>(Attempt<Lease> not) -> claimed.to.reply(not);
      case Answer.Failed<Attempt<Lease>>(ExitReason why) -> claimed.to.fail(why);
    }
  }

  private void giveBack(String name, Pid holder) {
    Title title = titles.get(name);
    if (title != null && title.holder.pid().equals(holder)) {
      titles.remove(name);
      title.monitor.cancel();
      enrolment.release(title.lease);
    }
  }

  private void lost(Self<Message> self, Lease lease) {
    titles
        .values()
        .removeIf(title -> {
          boolean gone = title.lease.equals(lease);
          if (gone) {
            end(self, title);
          }
          return gone;
        });
  }

  private void endAll(Self<Message> self) {
    List.copyOf(titles.values()).forEach(title -> end(self, title));
    titles.clear();
  }

  /// A killed process does nothing any more from here on, so another may have its name.
  private void end(Self<Message> self, Title title) {
    title.monitor.cancel();
    self.exit(title.holder, ExitReason.kill());
    enrolment.release(title.lease);
  }

  @Override
  public Object inspect() {
    return titles.keySet();
  }
}
