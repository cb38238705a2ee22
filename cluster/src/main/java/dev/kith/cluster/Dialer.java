package dev.kith.cluster;

import dev.kith.cluster.registrar.RegistrarEvent;
import dev.kith.process.Cancel;
import dev.kith.process.Name;
import dev.kith.process.NodeName;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.wire.node.Introduction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The process that connects: with the nodes it was told to join, and with all that it hears of
/// from other nodes and from the registrar.
///
/// **Limits.** Knows at most [#CONTACTS_MAX] addresses.
final class Dialer implements Server<Dialer.Event> {
  private static final System.Logger LOG = System.getLogger("dev.kith.cluster");

  static final Name<Event> NAME = Name.of("kith.dialer", Event.class);

  static final int CONTACTS_MAX = 10_000;

  /// Attempts after which an address that was only heard of is forgotten: some hours.
  private static final int ATTEMPTS_MAX = 2_000;

  /// An address that answers again and again that it need not be tried: another of a node that is
  /// connected, or of this one.
  private static final int SUPERFLUOUS_MAX = 5;

  private static final Duration SUPERFLUOUS_PAUSE = Duration.ofMinutes(1);

  private final Mesh mesh;
  private final Map<String, Contact> contacts = new LinkedHashMap<>();

  /// What happens to it.
  sealed interface Event {}

  /// This node listens, and others can be told where.
  record Begin() implements Event {}

  /// Nodes were heard of.
  record Introduced(List<Introduction> others) implements Event {}

  /// An attempt has failed, or its connection, with a node that was met, has ended.
  ///
  /// @param superfluous whether there is another connection with whoever answered, or it is this
  ///   node
  record Failed(String address, Optional<NodeName> met, boolean superfluous, String why)
      implements Event {}

  /// A node is connected, whoever began.
  record Met(NodeName node, String address) implements Event {}

  /// The connection with a node has ended.
  record Lost(NodeName node, String why) implements Event {}

  /// A node has left in good order, and is not missed.
  record Left(String address) implements Event {}

  /// It is time to try.
  record Due(String address) implements Event {}

  /// An address to connect with.
  private static final class Contact {
    final String address;
    final boolean wasJoined;
    @Nullable NodeName node;

    /// Whose signals wait for what becomes of an attempt.
    @Nullable NodeName awaited;

    int failures;
    int superfluous;
    boolean trying;
    @Nullable Cancel timer;

    Contact(String address, boolean wasJoined) {
      this.address = address;
      this.wasJoined = wasJoined;
    }

    void cancelTimer() {
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    }
  }

  Dialer(Mesh mesh) {
    this.mesh = mesh;
    for (String address : mesh.spec().join()) {
      contacts.put(address, new Contact(address, true));
    }
  }

  /// One that takes the place of another goes on with those who are connected.
  @Override
  public void started(Self<Event> self) {
    self.subscribe(
        RegistrarEvent.MemberJoined.class,
        joined ->
            new Introduced(
                List.of(new Introduction(joined.member().node(), joined.member().address()))));
    mesh.awaitNobody("the attempt is not known any more");
    for (Roster.Entry entry : mesh.roster().all()) {
      met(entry.hello().node(), entry.hello().address());
    }
    if (!mesh.addresses().isEmpty()) {
      contacts.values().forEach(this::attempt);
    }
  }

  @Override
  public void handle(Self<Event> self, Event event) {
    switch (event) {
      case Begin() -> contacts.values().forEach(this::attempt);
      case Introduced(List<Introduction> others) -> others.forEach(this::introduced);
      case Failed failed -> failed(self, failed);
      case Met(NodeName node, String address) -> met(node, address);
      case Lost(NodeName node, String why) -> lost(self, node, why);
      case Left(String address) -> left(address);
      case Due(String address) -> due(address);
    }
  }

  private void introduced(Introduction other) {
    boolean isNew =
        !contacts.containsKey(other.address())
            && !mesh.addresses().contains(other.address())
            && !other.node().equals(mesh.node().name());
    if (isNew && contacts.size() < CONTACTS_MAX) {
      Contact contact = new Contact(other.address(), false);
      contact.node = other.node();
      contacts.put(other.address(), contact);
      attempt(contact);
    }
  }

  private void attempt(Contact contact) {
    boolean isOwn = mesh.addresses().contains(contact.address);
    if (!contact.trying && !isOwn && !isReached(contact)) {
      contact.trying = true;
      contact.awaited = contact.node;
      if (contact.awaited != null) {
        mesh.await(contact.awaited);
      }
      mesh.dial(contact.address);
    }
  }

  private boolean isReached(Contact contact) {
    return mesh.roster().reaches(contact.address)
        || (contact.node != null && mesh.roster().find(contact.node) != null);
  }

  private void failed(Self<Event> self, Failed failed) {
    Contact contact = contacts.get(failed.address());
    if (contact == null) {
      return;
    }
    contact.trying = false;
    awaitNoMore(contact, failed.why());
    failed.met().ifPresent(node -> contact.node = node);
    contact.superfluous = failed.superfluous() ? contact.superfluous + 1 : 0;
    if (!isReached(contact)) {
      tryLater(self, contact, failed.why());
    }
  }

  private void awaitNoMore(Contact contact, String why) {
    if (contact.awaited != null) {
      mesh.awaitNoMore(contact.awaited, why);
      contact.awaited = null;
    }
  }

  private void tryLater(Self<Event> self, Contact contact, String why) {
    if (contact.timer != null) {
      return;
    }
    contact.failures++;
    if (contact.failures == 1 || contact.failures % 20 == 0) {
      LOG.log(
          System.Logger.Level.INFO,
          () -> "node %s cannot reach %s: %s".formatted(mesh.node(), contact.address, why));
    }
    if (contact.failures > ATTEMPTS_MAX && !contact.wasJoined) {
      contacts.remove(contact.address);
      return;
    }
    Duration pause =
        contact.superfluous < SUPERFLUOUS_MAX
            ? mesh.spec().backoff().after(contact.failures, mesh.node().entropy())
            : SUPERFLUOUS_PAUSE;
    contact.timer = self.sendAfter(pause, new Due(contact.address));
  }

  private void due(String address) {
    Contact contact = contacts.get(address);
    if (contact != null) {
      contact.timer = null;
      attempt(contact);
    }
  }

  /// Whoever began it: the other node is known by its address from now on.
  private void met(NodeName node, String address) {
    if (address.isEmpty()) {
      return;
    }
    forgetOthers(node, address);
    if (contacts.size() >= CONTACTS_MAX && !contacts.containsKey(address)) {
      return;
    }
    Contact contact = contacts.computeIfAbsent(address, _ -> new Contact(address, false));
    if (!node.equals(contact.awaited)) {
      awaitNoMore(contact, address + " is " + node + " now");
    }
    contact.awaited = null;
    contact.node = node;
    contact.failures = 0;
    contact.cancelTimer();
  }

  /// Where a node was heard of before it was met elsewhere, it is no more.
  private void forgetOthers(NodeName node, String address) {
    contacts
        .values()
        .removeIf(contact -> {
          boolean isOld =
              node.equals(contact.node) && !contact.wasJoined && !address.equals(contact.address);
          if (isOld) {
            contact.cancelTimer();
          }
          return isOld;
        });
  }

  private void lost(Self<Event> self, NodeName node, String why) {
    for (Contact contact : List.copyOf(contacts.values())) {
      if (node.equals(contact.node) && !contact.trying && !isReached(contact)) {
        tryLater(self, contact, why);
      }
    }
  }

  private void left(String address) {
    Contact contact = contacts.get(address);
    if (contact != null && !contact.wasJoined) {
      contacts.remove(address);
    }
  }

  @Override
  public Object inspect() {
    return contacts.keySet();
  }
}
