package dev.kith.gateway;

import dev.kith.group.Group;
import dev.kith.group.Membership;
import dev.kith.process.Inbox;
import dev.kith.process.Name;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.Optional;

/*
 * Hubs find each other as members of a group, and so does one that was restarted: whoever sees a new hub
 * sends it what its own rooms have kept. So a node that is new hears what was said before it came, two sides
 * of a split hear what the other said, and a hub that has died with mail in its hands gets it again.
 */
/// The process through which the rooms of a node hear of those of others.
final class RoomHub implements Server<RoomHub.Message> {
  static final Name<Message> NAME = Name.of("kith.rooms", Message.class);

  /// All hubs.
  static final Group<Message> ALL = Group.of("hubs", Message.class);

  private static final Duration A_WHILE = Duration.ofMillis(10);

  private final Rooms rooms;

  sealed interface Message {}

  /// News from another node.
  record Told(RoomNews news) implements Message {}

  /// A hub has come or gone.
  record Changed(Membership change) implements Message {}

  RoomHub(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public void started(Self<Message> self) {
    rooms.scope().join(ALL, self.ref());
    rooms.scope().watch(self, ALL, Changed::new).members().forEach(hub -> seen(self, hub.member()));
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Told(RoomNews.Said said) -> rooms.heard(said);
      case Told(RoomNews.History history) -> rooms.heard(history);
      case Changed(Membership.Joined(var _, Pid hub)) -> seen(self, hub);
      case Changed(Membership.Left _) -> {}
    }
  }

  private void seen(Self<Message> self, Pid hub) {
    if (!hub.node().equals(self.node().name())) {
      self.spawn(ProcessSpec.body(Object.class, (teller, inbox) -> tellAll(teller, inbox, hub)));
    }
  }

  /// Tells another hub what is kept here, room by room, no faster than the link takes it.
  private void tellAll(Self<Object> teller, Inbox<Object> inbox, Pid hub) {
    for (ProcessRef<Message> other : rooms.scope().members(ALL)) {
      if (other.pid().equals(hub)) {
        for (String room : rooms.namesHere()) {
          while (teller.node().isCrowded()) {
            inbox.receive(A_WHILE, _ -> Optional.empty());
          }
          rooms.tellHistory(room, other);
        }
      }
    }
  }
}
