package dev.kith.registrar.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.Assurance;
import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Deadline;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.cluster.registrar.Stay;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
/// **Threading.** As [Registrar] says. Told on ZooKeeper's event thread.
public final class ZooKeeperRegistrar implements Registrar {
  private final Clock clock;
  private final ZooKeeperSpec spec;
  private final Tree tree;
  private final Steps steps;
  private final Stay stay;

  /// ZooKeeper's session in which the last stay was. If it lives, it has what was held in that: the
  /// next stay has another one. 0 if there was none.
  private volatile long lastSession;

  /// Null without a stay.
  private volatile @Nullable Mirror mirror;

  /// Of attempts to have a lease; each has a proof of its own.
  private final AtomicLong numbers = new AtomicLong();

  /// A registrar that connects with an ensemble, and tries to for as long as it lives.
  public ZooKeeperRegistrar(Clock clock, ZooKeeperSpec spec) {
    this.clock = clock;
    this.spec = spec;
    this.tree = new Tree(spec.root());
    this.steps = new Steps(spec, tree);
    Duration session = spec.session();
    SessionTiming timing = new SessionTiming(session, session.dividedBy(4), session.dividedBy(3));
    this.stay = new Stay(clock, timing, new Engine());
    steps.onConnection(state -> {
      if (state == ConnectionState.RECONNECTED) {
        stay.renew();
      }
    });
  }

  @Override
  public Duration session() {
    return spec.session();
  }

  private <T> Deadline<T> deadline(Duration within, Consumer<? super Attempt<T>> then) {
    return new Deadline<>(clock, within, spec::holdup, then);
  }

  // The stay

  @Override
  public void join(
      NodeName node,
      int incarnation,
      String address,
      Watcher watcher,
      Duration within,
      Consumer<? super Attempt<Member>> then) {
    Optional<String> not = stay.claim(watcher);
    if (not.isPresent()) {
      then.accept(new Attempt.Refused<>(not.get()));
      return;
    }
    Assurance.Sent sent = stay.sent();
    Deadline<Member> deadline =
        deadline(
            within,
            attempt -> {
              if (attempt instanceof Attempt.Done<Member>(Member member)) {
                joined(watcher, member, sent);
              } else {
                stay.failed(watcher);
              }
              then.accept(attempt);
            });
    Joining joining = new Joining(steps, tree, node, incarnation, address, deadline);
    if (steps.session() == lastSession && lastSession != 0) {
      var _ =
          Thread.ofVirtual()
              .start(() -> {
                steps.beginAnew();
                joining.begin();
              });
    } else {
      joining.begin();
    }
  }

  private void joined(Watcher watcher, Member member, Assurance.Sent sent) {
    if (stay.joined(watcher, member, sent)) {
      lastSession = steps.session();
      Mirror follows = new Mirror(steps.client(), tree, change -> stay.changed(member, change));
      mirror = follows;
      follows.start();
      if (!isOwn(member)) {
        follows.close(); // it was over before the mirror was in its place
      }
    }
  }

  private boolean isOwn(Member member) {
    return stay.self().filter(member::equals).isPresent();
  }

  /// What the stay needs of ZooKeeper.
  private final class Engine implements Stay.Engine {
    @Override
    public void renew(Member me, Assurance.Sent sent) {
      steps.look(
          tree.member(me.node()),
          event -> {
            boolean here = event.getStat() != null && event.getStat().getCzxid() == me.stay();
            switch (Steps.code(event)) {
              case OK, NONODE -> {
                if (here) {
                  stay.answered(me, sent);
                } else {
                  stay.removed(me, "the session with " + spec + " has ended");
                }
              }
              default -> {
                // the next one, or the doubt that comes
              }
            }
          });
    }

    @Override
    public void ended() {
      Mirror follows = mirror;
      if (follows != null) {
        mirror = null;
        follows.close();
      }
    }

    @Override
    public String holdup() {
      return spec.holdup();
    }
  }

  @Override
  public boolean isSure() {
    return stay.isSure();
  }

  @Override
  public void close() {
    stay.close();
    steps.close();
  }

  // What members do

  @Override
  public void acquire(
      String lease, String value, Duration within, Consumer<? super Attempt<Lease>> then) {
    stay.self()
        .ifPresentOrElse(
            me -> acquire(me, lease, value, within, then),
            () -> then.accept(new Attempt.Refused<>("this node is no member")));
  }

  private void acquire(
      Member me,
      String lease,
      String value,
      Duration within,
      Consumer<? super Attempt<Lease>> then) {
    Deadline<Lease> deadline = deadline(within, then);
    long number = numbers.incrementAndGet();
    steps.acquire(
        tree.member(me.node()),
        tree.lease(lease),
        Tree.bytes(me.node(), me.stay(), number, value),
        tree.proof(me.stay(), number),
        event -> look(me, lease, number, deadline));
  }

  /// Who has it now, whatever became of the attempt: what is there counts.
  private void look(Member me, String lease, long number, Deadline<Lease> then) {
    steps.read(
        tree.lease(lease),
        event -> {
          switch (Steps.code(event)) {
            case OK -> {
              Lease found =
                  Tree.leaseOf(event.getPath(), event.getData(), event.getStat().getCzxid());
              then.accept(
                  found == null
                      ? unreadable(event)
                      : acquired(me, found, number == Tree.numberOf(event.getData())));
            }
            case NONODE -> then.accept(new Attempt.Refused<>(me + " is no member any more"));
            default -> then.accept(steps.failure(event));
          }
        });
  }

  private static Attempt<Lease> acquired(Member me, Lease found, boolean byThis) {
    return byThis && found.stay() == me.stay()
        ? new Attempt.Done<>(found)
        : new Attempt.Refused<>(found.refusal());
  }

  private static <T> Attempt<T> unreadable(CuratorEvent event) {
    return new Attempt.Refused<>("something that makes no sense is at " + event.getPath());
  }

  /// Goes on with the proof of a lease, if that is held still.
  private <T> void proven(Lease lease, Deadline<T> otherwise, Consumer<? super String> then) {
    steps.read(
        tree.lease(lease.name()),
        event -> {
          byte[] data = event.getData();
          switch (Steps.code(event)) {
            case OK -> {
              if (lease.equals(Tree.leaseOf(event.getPath(), data, event.getStat().getCzxid()))) {
                then.accept(tree.proof(lease.stay(), Tree.numberOf(data)));
              } else {
                otherwise.accept(new Attempt.Refused<>("held as " + new String(data, UTF_8)));
              }
            }
            case NONODE -> otherwise.accept(new Attempt.Refused<>(lease.name() + " is free"));
            default -> otherwise.accept(steps.failure(event));
          }
        });
  }

  @Override
  public void release(Lease lease, Duration within, Consumer<? super Attempt<Lease>> then) {
    Deadline<Lease> deadline = deadline(within, then);
    proven(
        lease,
        deadline,
        proof ->
            steps.release(
                tree.lease(lease.name()), proof, event -> written(event, lease, lease, deadline)));
  }

  /// What became of something that only the holder of a lease can do.
  private <T> void written(CuratorEvent event, Lease by, T value, Deadline<T> then) {
    switch (Steps.code(event)) {
      case OK -> then.accept(new Attempt.Done<>(value));
      case NONODE -> then.accept(new Attempt.Refused<>(by + " is not held any more"));
      default -> then.accept(steps.failure(event));
    }
  }

  @Override
  public void write(
      Lease by,
      String note,
      String value,
      Duration within,
      Consumer<? super Attempt<String>> then) {
    Deadline<String> deadline = deadline(within, then);
    String path = tree.note(note);
    proven(
        by,
        deadline,
        proof ->
            steps.look(
                path,
                found ->
                    steps.write(
                        proof,
                        path,
                        value.getBytes(UTF_8),
                        Steps.code(found) == Code.OK,
                        event -> written(event, by, value, deadline))));
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
            default -> deadline.accept(steps.failure(event));
          }
        });
  }
}
