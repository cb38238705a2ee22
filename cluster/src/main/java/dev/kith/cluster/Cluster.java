package dev.kith.cluster;

import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Transport.Listening;
import java.util.List;

/// A node among others.
///
/// From its start a node listens, and connects with the nodes that it was told to join, and with
/// all that those know: everybody is connected with everybody, and nobody forwards anything. It
/// goes on trying as long as it lives.
///
/// **Threading.** Any thread.
public final class Cluster implements AutoCloseable {
  private final Mesh mesh;
  private final Transport.Door door;
  private final String address;
  private final ProcessRef<Dialer.Event> dialer;

  private Cluster(Mesh mesh, Transport.Door door, String address, ProcessRef<Dialer.Event> dialer) {
    this.mesh = mesh;
    this.door = door;
    this.address = address;
    this.dialer = dialer;
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
  /// asks for certificates.
  public static Start start(Node node, Transport transport, ClusterSpec spec) {
    boolean isOpen = spec.secret().isNone() && !transport.isSecure();
    if (isOpen && !transport.isLoopback(spec.listen())) {
      return new Start.NotPossible(
          spec.listen()
              + " can be reached from other machines, so anybody could join: give the cluster a"
              + " secret or certificates, or listen on 127.0.0.1");
    }
    Mesh mesh = new Mesh(node, spec, transport);
    return switch (transport.listen(spec.listen(), mesh::accepted)) {
      case Listening.NotPossible(String why) ->
          new Start.NotPossible("cannot listen at " + spec.listen() + ": " + why);
      case Listening.At(String found, Transport.Door door) -> {
        String address = spec.advertised().isEmpty() ? found : spec.advertised();
        ProcessRef<Dialer.Event> dialer =
            node.spawn(
                ProcessSpec.server(
                    Dialer.Event.class, () -> new Dialer(mesh, List.of(found, address))));
        mesh.reachedAt(address, dialer);
        node.tell(dialer, new Dialer.Begin());
        yield new Start.Joined(new Cluster(mesh, door, address, dialer));
      }
    };
  }

  /// Where other nodes reach this one.
  public String address() {
    return address;
  }

  /// The other nodes that can be reached now, by name.
  public List<NodeName> nodes() {
    return mesh.node().reachable();
  }

  /// Leaves in good order: the others hear at once that this node is gone. Their processes hear
  /// `noconnection` of those here, and the other way round.
  @Override
  public void close() {
    door.close();
    mesh.roster().stop();
    mesh.node().exit(dialer, ExitReason.shutdown());
    for (Roster.Entry entry : mesh.roster().all()) {
      entry.link().post(entry.link()::leave);
    }
  }
}
