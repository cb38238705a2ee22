package dev.kith.cluster;

import dev.kith.group.Membership;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.List;

/// The process that follows the rule for names of which one is to be kept ([AddressBook#keepOne]):
/// looks at this node's own holder whenever somebody has taken such a name.
final class Arbiter implements Server<Arbiter.Message> {
  static final Name<Message> NAME = Name.of("kith.arbiter", Message.class);

  private final AddressBook book;

  sealed interface Message {}

  /// Of this name one is to be kept from now on.
  record Keep(Name<?> name) implements Message {}

  /// Somebody has taken a name, or given it up.
  record Changed(Membership change) implements Message {}

  Arbiter(AddressBook book) {
    this.book = book;
  }

  @Override
  public void started(Self<Message> self) {
    var _ = book.watch(self, Changed::new);
    book.kept().forEach(name -> judge(self, name));
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Keep(Name<?> name) -> judge(self, name);
      case Changed(Membership.Joined(String group, _)) ->
          book.kept().stream()
              .filter(name -> name.text().equals(group))
              .forEach(name -> judge(self, name));
      case Changed(Membership.Left _) -> {
        // there is no clash that was not there before
      }
    }
  }

  /// Every node that sees both sees the same, and only the loser's acts.
  private <M> void judge(Self<Message> self, Name<M> name) {
    List<ProcessRef<M>> all = book.locateAll(name);
    all.stream()
        .filter(holder -> holder.pid().node().equals(self.node().name()))
        .filter(own -> all.stream().anyMatch(other -> precedes(other, own)))
        .forEach(loser -> self.exit(loser, ExitReason.kill()));
  }

  private static boolean precedes(ProcessRef<?> first, ProcessRef<?> second) {
    return first.pid().node().text().compareTo(second.pid().node().text()) < 0;
  }
}
