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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
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
 * Sessions. A stay ends with its session. Curator may give one up that lives on for a while; from then on nobody
 * gives signs of life in it, so a look by another session is none, though the entry is still there.
 *
 * Doubt. What ZooKeeper answers with a lost connection may have been done. It is said again in the same session
 * only, while somebody waits for it; whoever finds an entry in the way looks whose it is.
 */
/// ZooKeeper as a registrar, through Curator.
///
/// **Threading.** As [Registrar] says. Told on threads of ZooKeeper and of Curator.
public final class ZooKeeperRegistrar implements Registrar {
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Clock clock;
  private final ZooKeeperSpec spec;
  private final Tree tree;
  private final Steps steps;
  private final Stay stay;

  /// Null without a stay.
  private volatile @Nullable Mirror mirror;

  /// Of the last stay; null before there was one. If its session lives, that has what was held: the
  /// next stay has another one.
  private volatile @Nullable Presence presence;

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
    AtomicReference<String> holdup = new AtomicReference<>(spec.holdup());
    Deadline<Presence> deadline =
        new Deadline<>(
            clock, within, holdup::get, attempt -> then.accept(joined(watcher, attempt, sent)));
    Joining joining = new Joining(clock, steps, tree, node, incarnation, address, holdup, deadline);
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              Presence last = presence;
              if (last != null && steps.sessionId() == last.session().id()) {
                steps.beginAnew();
              }
              joining.begin();
            });
  }

  private Attempt<Member> joined(Watcher watcher, Attempt<Presence> attempt, Assurance.Sent sent) {
    return switch (attempt) {
      case Attempt.Done<Presence>(Presence there) -> {
        presence = there;
        joined(watcher, there.member(), sent);
        yield new Attempt.Done<>(there.member());
      }
      case Attempt.Refused<Presence>(String why) -> {
        stay.failed(watcher);
        yield new Attempt.Refused<>(why);
      }
      case Attempt.Unknown<Presence>(String why) -> {
        stay.failed(watcher);
        yield new Attempt.Unknown<>(why);
      }
    };
  }

  private void joined(Watcher watcher, Member member, Assurance.Sent sent) {
    if (stay.joined(watcher, member, sent)) {
      Mirror follows = new Mirror(steps.client(), tree, change -> stay.changed(member, change));
      mirror = follows;
      follows.start();
      if (!isOwn(member)) {
        follows.close(); // it was over before the mirror was in its place
      }
      if (!stay.isSure()) {
        stay.renew(); // it has waited for long
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
            switch (Steps.code(event)) {
              case OK -> seen(me, event.getStat(), sent);
              case NONODE -> over(me);
              default -> {
                // the next one, or the doubt that comes
              }
            }
          });
    }

    private void seen(Member me, Stat entry, Assurance.Sent sent) {
      long session = steps.sessionId();
      if (entry.getCzxid() != me.stay()) {
        over(me);
      } else if (entry.getEphemeralOwner() == session) {
        stay.answered(me, sent);
      } else if (session != 0) {
        over(me);
      }
    }

    private void over(Member me) {
      stay.removed(me, "the session with " + spec + " has ended");
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
    Presence here = presence;
    if (here == null || !isOwn(here.member())) {
      then.accept(new Attempt.Refused<>("this node is no member"));
      return;
    }
    acquire(here, lease, value, numbers.incrementAndGet(), deadline(within, then));
  }

  private void acquire(
      Presence here, String lease, String value, long number, Deadline<Lease> then) {
    Member me = here.member();
    here.session()
        .acquire(
            tree.member(me.node()),
            tree.lease(lease),
            Tree.bytes(me.node(), me.stay(), number, value),
            tree.proof(me.stay(), number),
            code ->
                look(
                    me,
                    lease,
                    number,
                    found -> {
                      if (found.isPresent()) {
                        then.accept(found.get());
                      } else if (!repeat(
                          code, then, () -> acquire(here, lease, value, number, then))) {
                        then.accept(nobodys(me, lease, code));
                      }
                    }));
  }

  /// Does something again in its session, if nobody knows what has become of it and somebody waits
  /// for that still.
  ///
  /// @return whether it does
  private boolean repeat(Code code, Deadline<?> then, Runnable again) {
    boolean repeats = code == Code.CONNECTIONLOSS && then.isOpen();
    if (repeats) {
      var _ =
          clock.schedule(
              clock.nanos() + AGAIN.toNanos(),
              () -> {
                if (then.isOpen()) {
                  again.run();
                }
              });
    }
    return repeats;
  }

  /// Who has it now, whatever became of the attempt: what is there counts. Empty if nobody has.
  private void look(
      Member me, String lease, long number, Consumer<? super Optional<Attempt<Lease>>> then) {
    steps.read(
        tree.lease(lease),
        event -> {
          switch (Steps.code(event)) {
            case OK -> {
              Lease found =
                  Tree.leaseOf(event.getPath(), event.getData(), event.getStat().getCzxid());
              then.accept(
                  Optional.of(
                      found == null
                          ? unreadable(event)
                          : acquired(me, found, number == Tree.numberOf(event.getData()))));
            }
            case NONODE -> then.accept(Optional.empty());
            default -> then.accept(Optional.of(steps.failure(Steps.code(event))));
          }
        });
  }

  private Attempt<Lease> nobodys(Member me, String lease, Code became) {
    return switch (became) {
      case OK, NONODE -> new Attempt.Refused<>(me + " is no member any more");
      case NODEEXISTS -> new Attempt.Refused<>(lease + " was held a moment ago");
      default -> steps.failure(became);
    };
  }

  private static Attempt<Lease> acquired(Member me, Lease found, boolean byThis) {
    return byThis && found.stay() == me.stay()
        ? new Attempt.Done<>(found)
        : new Attempt.Refused<>(found.refusal());
  }

  private static <T> Attempt<T> unreadable(CuratorEvent event) {
    return new Attempt.Refused<>("something that makes no sense is at " + event.getPath());
  }

  /// Goes on with the proof of a lease in its stay's session, if that is held still.
  private <T> void proven(
      Lease lease, Deadline<T> otherwise, BiConsumer<? super Session, ? super String> then) {
    Presence here = presence;
    if (here == null || here.member().stay() != lease.stay()) {
      otherwise.accept(new Attempt.Refused<>("the stay of " + lease + " is over"));
      return;
    }
    steps.read(
        tree.lease(lease.name()),
        event -> {
          byte[] data = event.getData();
          switch (Steps.code(event)) {
            case OK -> {
              if (lease.equals(Tree.leaseOf(event.getPath(), data, event.getStat().getCzxid()))) {
                then.accept(here.session(), tree.proof(lease.stay(), Tree.numberOf(data)));
              } else {
                otherwise.accept(new Attempt.Refused<>("held as " + new String(data, UTF_8)));
              }
            }
            case NONODE -> otherwise.accept(new Attempt.Refused<>(lease.name() + " is free"));
            default -> otherwise.accept(steps.failure(Steps.code(event)));
          }
        });
  }

  @Override
  public void release(Lease lease, Duration within, Consumer<? super Attempt<Lease>> then) {
    release(lease, deadline(within, then));
  }

  private void release(Lease lease, Deadline<Lease> then) {
    proven(
        lease,
        then,
        (session, proof) ->
            session.release(
                tree.lease(lease.name()),
                proof,
                code -> written(code, lease, lease, then, () -> release(lease, then))));
  }

  /// What became of something that only the holder of a lease can do.
  private <T> void written(Code code, Lease by, T value, Deadline<T> then, Runnable again) {
    switch (code) {
      case OK -> then.accept(new Attempt.Done<>(value));
      case NONODE -> then.accept(new Attempt.Refused<>(by + " is not held any more"));
      default -> {
        if (!repeat(code, then, again)) {
          then.accept(steps.failure(code));
        }
      }
    }
  }

  @Override
  public void write(
      Lease by,
      String note,
      String value,
      Duration within,
      Consumer<? super Attempt<String>> then) {
    write(by, note, value, deadline(within, then));
  }

  private void write(Lease by, String note, String value, Deadline<String> then) {
    String path = tree.note(note);
    proven(
        by,
        then,
        (session, proof) ->
            steps.look(
                path,
                found ->
                    session.write(
                        proof,
                        path,
                        value.getBytes(UTF_8),
                        Steps.code(found) == Code.OK,
                        code ->
                            written(code, by, value, then, () -> write(by, note, value, then)))));
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
            default -> deadline.accept(steps.failure(Steps.code(event)));
          }
        });
  }
}
