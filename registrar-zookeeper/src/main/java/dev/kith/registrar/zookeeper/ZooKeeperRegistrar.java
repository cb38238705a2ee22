package dev.kith.registrar.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.Assurance;
import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Deadline;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/*
 * A stay is the ephemeral entry of a member, a lease one with the lease's name, both of one ZooKeeper session. So
 * ZooKeeper itself removes who is silent, with all it holds.
 *
 * Sure. A sign of life is a `sync`, which the leader must answer, and a look at the member's entry behind it. The
 * leader hears of a session through the server that it is connected with, half a tick later at most; should that
 * server die in between, the leader's last word is one renewal older. A third of the session is kept back for
 * both, so renewals are every quarter of it.
 *
 * Doubt. What ZooKeeper answers with a lost connection may have been done. Curator says it again; whoever finds
 * an entry in the way looks whose it is.
 */
/// ZooKeeper as a registrar, through Curator.
///
/// **Threading.** As [Registrar] says; one lock. Told on ZooKeeper's event thread.
public final class ZooKeeperRegistrar implements Registrar {
  private static final int RENEWALS = 4;
  private static final int RELIED_OF_THREE = 2;

  private final Clock clock;
  private final ZooKeeperSpec spec;
  private final Tree tree;
  private final Steps steps;
  private final Assurance assurance;

  private @Nullable Watcher watcher;
  private @Nullable Member self;
  private @Nullable Mirror mirror;

  /// The leases of this stay, by name.
  private final Map<String, Lease> held = new HashMap<>();

  private Confidence told = Confidence.REMOVED;
  private Clock.@Nullable Alarm renewal;
  private boolean closed;

  /// A registrar that connects with an ensemble, and tries to for as long as it lives.
  public ZooKeeperRegistrar(Clock clock, ZooKeeperSpec spec) {
    this.clock = clock;
    this.spec = spec;
    this.tree = new Tree(spec.root());
    this.steps = new Steps(spec);
    this.assurance =
        new Assurance(
            clock, spec.session().multipliedBy(RELIED_OF_THREE).dividedBy(3), this::doubted);
    steps.onConnection(this::connection);
  }

  @Override
  public Duration session() {
    return spec.session();
  }

  private String holdup() {
    return spec + " does not answer";
  }

  private <T> Deadline<T> deadline(Duration within, Consumer<? super Attempt<T>> then) {
    return new Deadline<>(clock, within, this::holdup, then);
  }

  // The stay

  @Override
  public synchronized void join(
      NodeName node,
      int incarnation,
      String address,
      Watcher heard,
      Duration within,
      Consumer<? super Attempt<Member>> then) {
    if (closed || watcher != null) {
      then.accept(new Attempt.Refused<>(closed ? "closed" : "this node has joined"));
      return;
    }
    watcher = heard;
    Deadline<Member> deadline =
        deadline(
            within,
            attempt -> {
              if (!(attempt instanceof Attempt.Done<?>)) {
                joinsNoMore(heard);
              }
              then.accept(attempt);
            });
    Assurance.Sent sent = assurance.sent();
    Joining joining =
        new Joining(
            steps,
            tree,
            node,
            incarnation,
            address,
            result -> {
              if (result instanceof Attempt.Done<Member>(Member member)) {
                joined(heard, member, sent);
              }
              deadline.accept(result);
            });
    joining.begin();
  }

  private synchronized void joinsNoMore(Watcher heard) {
    if (watcher == heard && self == null) {
      watcher = null;
    }
  }

  /// Behind its time, a stay that has begun is of no use to anybody.
  private synchronized void joined(Watcher heard, Member member, Assurance.Sent sent) {
    if (closed || watcher != heard) {
      steps.delete(tree.member(member.node()), _ -> {});
      return;
    }
    self = member;
    Mirror follows = new Mirror(steps.client(), tree, change -> follow(member, change));
    mirror = follows;
    answered(sent);
    follows.start();
    renewLater();
  }

  private synchronized void follow(Member me, Change change) {
    Watcher to = watcher;
    if (to != null && me.equals(self)) {
      to.changed(change);
      if (change instanceof Change.Removed(Member member) && member.equals(me)) {
        removed(me, "this node was removed");
      }
    }
  }

  private void connection(ConnectionState state) {
    if (state == ConnectionState.RECONNECTED) {
      renew();
    }
  }

  private void renewLater() {
    renewal =
        clock.schedule(
            clock.nanos() + spec.session().dividedBy(RENEWALS).toNanos(), this::renewAndGoOn);
  }

  private synchronized void renewAndGoOn() {
    if (self != null && !closed) {
      renew();
      renewLater();
    }
  }

  private synchronized void renew() {
    Member me = self;
    if (me == null || closed) {
      return;
    }
    Assurance.Sent sent = assurance.sent();
    String path = tree.member(me.node());
    steps.look(
        path,
        event -> {
          boolean here = event.getStat() != null && event.getStat().getCzxid() == me.stay();
          switch (Steps.code(event)) {
            case OK, NONODE -> renewed(me, here, sent);
            default -> {
              // the next one, or the doubt that comes
            }
          }
        });
  }

  private synchronized void renewed(Member me, boolean here, Assurance.Sent sent) {
    if (!me.equals(self)) {
      return;
    }
    if (here) {
      answered(sent);
    } else {
      removed(me, "the session with " + spec + " has ended");
    }
  }

  private void answered(Assurance.Sent sent) {
    assurance.answered(sent);
    tell(Confidence.MEMBER, "");
  }

  private synchronized void doubted() {
    if (self != null) {
      tell(Confidence.UNSURE, holdup());
    }
  }

  private void removed(Member me, String why) {
    if (me.equals(self)) {
      tell(Confidence.REMOVED, why);
      forget();
    }
  }

  private void tell(Confidence now, String why) {
    Watcher to = watcher;
    if (to != null && now != told) {
      told = now;
      to.sure(now, why);
    }
  }

  private void forget() {
    Mirror follows = mirror;
    watcher = null;
    self = null;
    mirror = null;
    told = Confidence.REMOVED;
    held.clear();
    assurance.end();
    if (renewal != null) {
      renewal.cancel();
    }
    if (follows != null) {
      follows.close();
    }
  }

  @Override
  public boolean isSure() {
    return assurance.isSure();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      forget();
    }
    steps.close();
  }

  // What members do

  @Override
  public synchronized void acquire(
      String lease, String value, Duration within, Consumer<? super Attempt<Lease>> then) {
    Member me = self;
    if (me == null) {
      then.accept(new Attempt.Refused<>("this node is no member"));
      return;
    }
    Deadline<Lease> deadline = deadline(within, then);
    steps.acquire(
        tree.member(me.node()),
        tree.lease(lease),
        Tree.bytes(me.node(), me.stay(), value),
        tree.proof(me.stay(), lease),
        event -> look(me, lease, deadline));
  }

  /// Who has it now, whatever became of the attempt: what is there counts.
  private void look(Member me, String lease, Deadline<Lease> then) {
    steps.read(
        tree.lease(lease),
        event -> {
          switch (Steps.code(event)) {
            case OK -> {
              Lease found =
                  Tree.leaseOf(event.getPath(), event.getData(), event.getStat().getCzxid());
              then.accept(found == null ? unreadable(event) : acquired(me, found));
            }
            case NONODE -> then.accept(new Attempt.Refused<>(me + " is no member any more"));
            default -> then.accept(unknown(event));
          }
        });
  }

  private synchronized Attempt<Lease> acquired(Member me, Lease found) {
    boolean mine = found.stay() == me.stay() && me.equals(self);
    if (!mine || found.equals(held.get(found.name()))) {
      return new Attempt.Refused<>("held by " + found.holder() + ": " + found.value());
    }
    held.put(found.name(), found);
    return new Attempt.Done<>(found);
  }

  private static <T> Attempt<T> unreadable(CuratorEvent event) {
    return new Attempt.Refused<>("something that makes no sense is at " + event.getPath());
  }

  private <T> Attempt<T> unknown(CuratorEvent event) {
    return new Attempt.Unknown<>(spec + " says " + Steps.code(event));
  }

  private synchronized boolean holds(Lease lease) {
    return lease.equals(held.get(lease.name()));
  }

  @Override
  public void release(Lease lease, Duration within, Consumer<? super Attempt<Lease>> then) {
    Deadline<Lease> deadline = deadline(within, then);
    if (!holds(lease)) {
      refuse(lease, deadline);
      return;
    }
    steps.release(
        tree.lease(lease.name()),
        tree.proof(lease.stay(), lease.name()),
        event -> {
          switch (Steps.code(event)) {
            case OK -> {
              released(lease);
              deadline.accept(new Attempt.Done<>(lease));
            }
            case NONODE -> {
              released(lease);
              refuse(lease, deadline);
            }
            default -> deadline.accept(unknown(event));
          }
        });
  }

  private synchronized void released(Lease lease) {
    held.remove(lease.name(), lease);
  }

  /// Says who holds it in its place.
  private <T> void refuse(Lease lease, Deadline<T> then) {
    steps.read(
        tree.lease(lease.name()),
        event -> {
          switch (Steps.code(event)) {
            case OK ->
                then.accept(new Attempt.Refused<>("held as " + new String(event.getData(), UTF_8)));
            case NONODE -> then.accept(new Attempt.Refused<>(lease.name() + " is free"));
            default -> then.accept(unknown(event));
          }
        });
  }

  @Override
  public void write(
      Lease by,
      String note,
      String value,
      Duration within,
      Consumer<? super Attempt<String>> then) {
    Deadline<String> deadline = deadline(within, then);
    if (!holds(by)) {
      refuse(by, deadline);
      return;
    }
    String path = tree.note(note);
    steps.look(
        path,
        found ->
            steps.write(
                tree.proof(by.stay(), by.name()),
                path,
                value.getBytes(UTF_8),
                Steps.code(found) == Code.OK,
                event -> {
                  switch (Steps.code(event)) {
                    case OK -> deadline.accept(new Attempt.Done<>(value));
                    case NONODE -> refuse(by, deadline);
                    default -> deadline.accept(unknown(event));
                  }
                }));
  }

  @Override
  public void read(String note, Duration within, Consumer<? super Attempt<Optional<String>>> then) {
    Deadline<Optional<String>> deadline = deadline(within, then);
    steps.read(
        tree.note(note),
        event -> {
          switch (Steps.code(event)) {
            case OK ->
                deadline.accept(
                    new Attempt.Done<>(Optional.of(new String(event.getData(), UTF_8))));
            case NONODE -> deadline.accept(new Attempt.Done<>(Optional.empty()));
            default -> deadline.accept(unknown(event));
          }
        });
  }
}
