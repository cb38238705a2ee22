package dev.kith.cluster.registrar;

import dev.kith.process.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 *   NONE ── claim ──► JOINING ── joined ──► MEMBER ◄──► UNSURE
 *     ▲                  │                    └── removed ──┴──► NONE
 *     └───── failed ─────┘
 *
 * Whatever comes back from the engine says of which stay it is: what is of an earlier one is passed over.
 */
/// The book-keeping of a node's stays: who watches, what they were told, when a sign of life is
/// due. The same for every engine.
///
/// **Threading.** Any thread; one lock, which is held while the watcher is told and the engine is
/// told that the stay ends. What an engine tells may come under a lock of its own, which a renewal
/// takes too, so it is asked for one without this.
public final class Stay {
  private final Clock clock;
  private final SessionTiming timing;
  private final Engine engine;
  private final Assurance assurance;

  private Registrar.@Nullable Watcher watcher;
  private @Nullable Member self;
  private Registrar.Confidence told = Registrar.Confidence.REMOVED;
  private Clock.@Nullable Alarm renewal;
  private boolean closed;

  /// What it needs of an engine.
  public interface Engine {
    /// Gives a sign of life; [#answered] or [#removed] when it is known what became of it. Is
    /// called without a lock.
    void renew(Member me, Assurance.Sent sent);

    /// The stay is over. Takes no lock that is held while changes are told.
    void ended();

    /// What is being waited for while there is no answer, in words. Takes no such lock either.
    String holdup();
  }

  /// No stay.
  public Stay(Clock clock, SessionTiming timing, Engine engine) {
    this.clock = clock;
    this.timing = timing;
    this.engine = engine;
    this.assurance = new Assurance(clock, timing.timeout().minus(timing.margin()), this::doubted);
  }

  // Its beginning

  /// This watcher's node wants to join.
  ///
  /// @return why it cannot; empty if it may try
  public synchronized Optional<String> claim(Registrar.Watcher heard) {
    if (closed) {
      return Optional.of("closed");
    }
    if (watcher != null) {
      return Optional.of("this node has joined");
    }
    watcher = heard;
    return Optional.empty();
  }

  /// Now, for [#joined].
  public Assurance.Sent sent() {
    return assurance.sent();
  }

  /// It is a member.
  ///
  /// @param sent when it asked for that
  /// @return whether that is still wanted
  public synchronized boolean joined(Registrar.Watcher heard, Member member, Assurance.Sent sent) {
    if (closed || watcher != heard || self != null) {
      return false;
    }
    self = member;
    told = Registrar.Confidence.UNSURE;
    answered(member, sent);
    renewLater();
    return true;
  }

  /// It is no member, and does not try any more.
  public synchronized void failed(Registrar.Watcher heard) {
    if (watcher == heard && self == null) {
      watcher = null;
    }
  }

  // Its course

  /// This node as a member, if it has a stay.
  public synchronized Optional<Member> self() {
    return Optional.ofNullable(self);
  }

  /// Whether this node is certainly a member; see [Registrar#isSure].
  public boolean isSure() {
    return assurance.isSure();
  }

  private void renewLater() {
    renewal = clock.schedule(clock.nanos() + timing.renewal().toNanos(), this::renewAndGoOn);
  }

  private void renewAndGoOn() {
    synchronized (this) {
      if (self == null) {
        return;
      }
      renewLater();
    }
    renew();
  }

  /// Gives a sign of life at once, if there is a stay.
  public void renew() {
    Optional<Member> me = self();
    Assurance.Sent now = assurance.sent();
    me.ifPresent(member -> engine.renew(member, now));
  }

  /// A sign of life was answered.
  ///
  /// @param sent when it was given
  public synchronized void answered(Member me, Assurance.Sent sent) {
    if (!me.equals(self)) {
      return;
    }
    if (!assurance.isSure()) {
      doubted(); // a clock that was changed, or stood still, rings nobody
    }
    assurance.answered(sent);
    if (assurance.isSure()) {
      tell(Registrar.Confidence.MEMBER, "");
    }
  }

  private synchronized void doubted() {
    if (self != null) {
      tell(
          Registrar.Confidence.UNSURE,
          "no answer for the time of a session, %s: %s"
              .formatted(timing.timeout(), engine.holdup()));
    }
  }

  /// Something has changed, as seen in this stay.
  public synchronized void changed(Member me, Change change) {
    Registrar.Watcher to = watcher;
    if (to != null && me.equals(self)) {
      to.changed(change);
      if (change instanceof Change.Removed(Member member) && member.equals(me)) {
        removed(me, "this node was removed");
      }
    }
  }

  private void tell(Registrar.Confidence now, String why) {
    Registrar.Watcher to = watcher;
    if (to != null && now != told) {
      told = now;
      to.sure(now, why);
    }
  }

  // Its end

  /// This stay is over.
  public synchronized void removed(Member me, String why) {
    if (me.equals(self)) {
      tell(Registrar.Confidence.REMOVED, why);
      forget();
    }
  }

  /// There will be no other.
  ///
  /// @return the member that was, if there was one
  public synchronized Optional<Member> close() {
    Optional<Member> last = self();
    closed = true;
    forget();
    return last;
  }

  private void forget() {
    watcher = null;
    self = null;
    assurance.end();
    told = Registrar.Confidence.REMOVED;
    if (renewal != null) {
      renewal.cancel();
    }
    engine.ended();
  }
}
