package dev.kith.cluster;

import dev.kith.group.Row;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.NodeDown;
import dev.kith.process.NodeName;
import dev.kith.process.NodeUp;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/*
 * Each node pushes its own rows to those who ask for them:
 *
 *   reached ──► Known ──►            what I have of yours
 *           ◄── Changes │ Whole      what you lack; nothing, if you lack nothing, so that you may show it
 *           ◄── Changes              whatever changes from now on
 *
 * Nothing here is lost while a link lives, except by a fault: a full mailbox, a restart of this process. So
 * there is no timer: a heartbeat carries a digest (SharedScopes), and who finds a difference says again what
 * it has.
 *
 * A restart loses cursors and half a Whole, and nothing else: rows, versions and changes are in the scopes.
 */
/// The process that hears of other nodes' groups and names, and has one [Teller] for each of them.
///
/// **Limits.** A node that was lost is remembered for [#REMEMBERED].
final class Replicator implements Server<Replication> {
  static final Name<Replication> NAME = Name.of("kith.replicator", Replication.class);

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Mesh mesh;
  private final SharedScopes scopes;

  /// The nodes that can be reached, sorted.
  private final Map<NodeName, Other> others =
      new TreeMap<>((one, other) -> one.text().compareTo(other.text()));

  /// Another node.
  private static final class Other {
    final NodeName name;
    final int life;

    /// Tells it of this node.
    final ProcessRef<Teller.Message> teller;

    /// Pieces of its scopes that have come.
    final Map<String, Pieces> pieces = new TreeMap<>();

    /// Whether it was asked, or something has come, since it was last found to be ahead: then what
    /// is missing is on its way.
    boolean progresses;

    Other(NodeName name, int life, ProcessRef<Teller.Message> teller) {
      this.name = name;
      this.life = life;
      this.teller = teller;
    }
  }

  /// What has come of a whole.
  private record Pieces(long version, List<Row> rows) {}

  Replicator(Mesh mesh) {
    this.mesh = mesh;
    this.scopes = mesh.scopes();
  }

  @Override
  public void started(Self<Replication> self) {
    scopes.looking();
    self.subscribe(NodeUp.class, up -> new Replication.Reached(up.node(), up.incarnation()));
    self.subscribe(NodeDown.class, down -> new Replication.Lost(down.node(), down.incarnation()));
    mesh.roster()
        .all()
        .forEach(known -> reached(self, known.hello().node(), known.hello().incarnation(), true));
    for (Shared shared : scopes.all()) {
      shared.span().shown().stream().filter(one -> !others.containsKey(one)).forEach(scopes::lost);
    }
  }

  @Override
  public void handle(Self<Replication> self, Replication message) {
    switch (message) {
      case Replication.Reached(NodeName node, int life) -> reached(self, node, life, false);
      case Replication.Lost(NodeName node, int life) -> lost(self, node, life);
      case Replication.Forgotten(NodeName node) -> forgotten(node);
      case Replication.Opened() -> others.values().forEach(other -> ask(self, other));
      case Replication.Changed() -> {
        scopes.looking();
        others.values().forEach(other -> self.send(other.teller, new Teller.GoOn()));
      }
      case Replication.Behind(NodeName node, int life) -> behind(self, node, life);
      case Replication.Told told -> told(self, told);
    }
  }

  // Who is there

  private void reached(Self<Replication> self, NodeName node, int life, boolean back) {
    Other before = others.remove(node);
    if (before != null) {
      stop(self, before);
    }
    ProcessRef<Teller.Message> teller = self.spawnLinked(Teller.spec(scopes, node, life));
    others.put(node, new Other(node, life, teller));
    self.send(teller, new Teller.Ask(back));
  }

  private static void stop(Self<Replication> self, Other other) {
    self.unlink(other.teller);
    self.exit(other.teller, ExitReason.kill());
  }

  private void lost(Self<Replication> self, NodeName node, int life) {
    Other other = others.get(node);
    if (other != null && other.life == life) {
      others.remove(node);
      stop(self, other);
      scopes.lost(node);
      self.sendAfter(REMEMBERED, new Replication.Forgotten(node));
    }
  }

  private void forgotten(NodeName node) {
    if (!others.containsKey(node)) {
      scopes.all().forEach(shared -> shared.span().forget(node));
    }
  }

  private void behind(Self<Replication> self, NodeName node, int life) {
    Other other = others.get(node);
    if (other != null && other.life == life && !other.progresses) {
      ask(self, other);
    }
    if (other != null) {
      other.progresses = false;
    }
  }

  private static void ask(Self<Replication> self, Other other) {
    other.progresses = true;
    self.send(other.teller, new Teller.Ask(false));
  }

  // What they tell

  private void told(Self<Replication> self, Replication.Told told) {
    Other other = others.get(told.from().node());
    if (other == null || other.life != told.from().life()) {
      return; // it is gone again
    }
    switch (told) {
      case Replication.Known(var _, Map<String, Long> versions, boolean back) -> {
        scopes.wants(other.name, List.copyOf(versions.keySet()));
        self.send(other.teller, new Teller.Wants(versions));
        if (back) {
          ask(self, other);
        }
      }
      case Replication.Changes(var _, String scope, long before, List<Row> changes) -> {
        Shared shared = scopes.find(scope);
        other.progresses = true;
        if (shared != null
            && !shared
                .span()
                .apply(other.name, other.life, before, permitted(other, scope, changes))) {
          ask(self, other);
        }
      }
      case Replication.Whole whole -> whole(self, other, whole);
    }
  }

  /// The same rows, of which those that the other may not have are no change: as many, because they
  /// are counted.
  private List<Row> permitted(Other other, String scope, List<Row> rows) {
    if (mesh.spec().access().permission() == Permission.EVERYTHING) {
      return rows;
    }
    return rows.stream().map(row -> permitted(other, scope, row)).toList();
  }

  private Row permitted(Other other, String scope, Row row) {
    Deed deed = new Deed.Register(scope, row.group());
    if (mesh.permits(other.name, deed)) {
      return row;
    }
    mesh.denied(other.name, deed);
    return new Row(row.group(), row.protocol(), row.member(), 0);
  }

  private void whole(Self<Replication> self, Other other, Replication.Whole told) {
    Shared shared = scopes.find(told.scope());
    if (told.piece() == 0) {
      other.pieces.put(told.scope(), new Pieces(told.version(), new ArrayList<>()));
    }
    Pieces pieces = other.pieces.get(told.scope());
    if (shared == null || pieces == null || pieces.version != told.version()) {
      return; // of another whole, which was begun anew since
    }
    if (pieces.rows.size() != told.piece() * Teller.ROWS_MAX) {
      ask(self, other);
      return;
    }
    other.progresses = true;
    pieces.rows.addAll(permitted(other, told.scope(), told.rows()));
    if (told.last()) {
      other.pieces.remove(told.scope());
      shared.span().replace(other.name, other.life, told.version(), pieces.rows);
    }
  }

  @Override
  public Object inspect() {
    return others.keySet();
  }
}
