package dev.kith.cluster;

import dev.kith.group.Scope;
import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.StartResult;
import dev.kith.supervision.ChildSpec;
import dev.kith.supervision.RestartIntensity;
import dev.kith.supervision.Supervisor;
import dev.kith.supervision.SupervisorSpec;
import dev.kith.wire.node.Refusal;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Transport.Listening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A node among others.
///
/// From its start a node listens, and connects with the nodes that it was told to join, and with
/// all that those know: everybody is connected with everybody, and nobody forwards anything. It
/// goes on trying as long as it lives.
///
/// **Threading.** Any thread.
public final class Cluster implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(5);

  /// None of its processes has a state that could make it crash again and again.
  private static final RestartIntensity INTENSITY = RestartIntensity.of(20, Duration.ofSeconds(10));

  /// What is wrong with an address.
  static final String OPEN =
      " is not on this machine alone, so anybody could join: give the cluster a secret or"
          + " certificates, or use 127.0.0.1";

  private final Mesh mesh;
  private final Transport.Door door;
  private final ProcessRef<Supervisor.Message> supervisor;
  private final Enrolment enrolment;
  private final AddressBook book;

  private Cluster(
      Mesh mesh,
      Transport.Door door,
      ProcessRef<Supervisor.Message> supervisor,
      Enrolment enrolment,
      AddressBook book) {
    this.mesh = mesh;
    this.door = door;
    this.supervisor = supervisor;
    this.enrolment = enrolment;
    this.book = book;
  }

  /// How a start went.
  public sealed interface Start {
    /// The node listens.
    ///
    /// @param cluster to be closed by whoever started it
    record Joined(Cluster cluster) implements Start {}

    /// It cannot.
    ///
    /// @param why in words, and what to do about it
    record NotPossible(String why) implements Start {}
  }

  /// Makes a node one of many.
  ///
  /// It refuses to listen where other machines reach it, unless there is a secret or the transport
  /// asks for certificates; and at all addresses of its machine, unless one of them is advertised.
  public static Start start(Node node, Transport transport, ClusterSpec spec) {
    Mesh mesh = new Mesh(node, spec, transport);
    for (String address : Stream.concat(Stream.of(spec.listen()), spec.join().stream()).toList()) {
      if (!mesh.mayDial(address)) {
        return new Start.NotPossible(address + OPEN);
      }
    }
    String told = spec.advertised().isEmpty() ? spec.listen() : spec.advertised();
    if (transport.isWildcard(told)) {
      return new Start.NotPossible(
          told
              + " is every address of this machine, so others cannot be told where to find it: say"
              + " where they reach it (--link-advertise, ClusterSpec.withAdvertised), or listen on"
              + " one address");
    }
    if (spec.access().names() == Access.Names.CERTIFIED && !transport.isSecure()) {
      return new Start.NotPossible(
          "names of nodes cannot be compared with certificates, because its transport has none");
    }
    Enrolment enrolment = new Enrolment(node);
    AddressBook book = AddressBook.of(node, mesh.scopes());
    return switch (node.start(supervisor(mesh, enrolment, book), START_WITHIN)) {
      case StartResult.Started<Supervisor.Message>(ProcessRef<Supervisor.Message> supervisor) ->
          listen(mesh, transport, supervisor, enrolment, book);
      case StartResult<Supervisor.Message> other ->
          new Start.NotPossible("the cluster's processes do not start: " + other);
    };
  }

  private static ProcessSpec<Supervisor.Message> supervisor(
      Mesh mesh, Enrolment enrolment, AddressBook book) {
    Deliveries deliveries = new Deliveries(mesh);
    return Supervisor.spec(
        SupervisorSpec.oneForOne(
                ChildSpec.permanent(Dialer.NAME, () -> new Dialer(mesh)),
                ChildSpec.permanent(Replicator.NAME, () -> new Replicator(mesh)),
                ChildSpec.permanent(Post.NAME, () -> new Post(deliveries)),
                ChildSpec.permanent(Steward.NAME, () -> new Steward(mesh, enrolment)),
                ChildSpec.permanent(Arbiter.NAME, () -> new Arbiter(book)),
                ChildSpec.permanent(Notary.NAME, () -> new Notary(enrolment)),
                ChildSpec.permanent(Campaign.NAME, () -> new Campaign(enrolment)))
            .withIntensity(INTENSITY));
  }

  private static Start listen(
      Mesh mesh,
      Transport transport,
      ProcessRef<Supervisor.Message> supervisor,
      Enrolment enrolment,
      AddressBook book) {
    String wanted = mesh.spec().listen();
    return switch (transport.listen(wanted, mesh)) {
      case Listening.NotPossible(String why) -> {
        mesh.node().exit(supervisor, ExitReason.shutdown());
        yield new Start.NotPossible("cannot listen at " + wanted + ": " + why);
      }
      case Listening.At(String found, Transport.Door door) -> {
        String advertised = mesh.spec().advertised();
        Cluster cluster = new Cluster(mesh, door, supervisor, enrolment, book);
        mesh.listens(
            advertised.isEmpty()
                ? List.of(found)
                : List.of(transport.advertised(advertised, found), found));
        yield new Start.Joined(cluster);
      }
    };
  }

  /// Where other nodes reach this one.
  public String address() {
    return mesh.addresses().getFirst();
  }

  /// The other nodes that can be reached now, by name.
  public List<NodeName> nodes() {
    return mesh.node().reachable();
  }

  /// The groups that all nodes have under this name, of up to 1,024 bytes of UTF-8; the same for
  /// each call.
  public Scope scope(String name) {
    return mesh.scopes().open(name);
  }

  /// Who is where.
  public AddressBook book() {
    return book;
  }

  /// Who is a member, who leads, and who holds a lease.
  public Enrolment enrolment() {
    return enrolment;
  }

  /// Names that one process of all nodes has at most.
  public ExclusiveNames exclusiveNames() {
    return new ExclusiveNames(mesh.node(), enrolment);
  }

  /// Sends that are confirmed, and repeated until they are.
  public Confirmed confirmed() {
    return new Confirmed(mesh.node());
  }

  /// How many connections this node has refused since it started, by reason.
  public Map<Refusal, Long> refusals() {
    return mesh.refusals().counts();
  }

  /// Leaves in good order: the others hear at once that this node is gone. Their processes hear
  /// `noconnection` of those here, and the other way round.
  @Override
  public void close() {
    door.close();
    mesh.roster().stop();
    mesh.node().exit(supervisor, ExitReason.shutdown());
    mesh.awaitNobody("this node leaves");
    for (Roster.Entry entry : mesh.roster().all()) {
      entry.link().post(entry.link()::leave);
    }
  }
}
