package dev.kith.cluster.registrar;

import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * The stay of one node: a number goes out at every renewal; what is remembered of it is when it was *sent*. When
 * it is answered, the node was a member at some moment after that, and the keeper of the log removes it no
 * sooner than a session after that moment. So until a session after the sending, less the margin, it is sure.
 *
 *   NONE ── join ──► JOINING ──► MEMBER ◄──► UNSURE
 *     ▲                 │           └─── removed ─┴──► NONE
 *     └──── refused ────┘
 */
/// A registrar whose engine agrees on nothing but the order of commands: everything else is
/// [Registry].
///
/// **Threading.** As [Registrar] says; one lock.
public final class ReplicatedRegistrar implements Registrar {
  private final Clock clock;
  private final RegistryLog log;
  private final SessionTiming timing;

  private @Nullable Watcher watcher;
  private @Nullable Member self;

  private final Assurance assurance;
  private Confidence told = Confidence.REMOVED;
  private long renewals;
  private Clock.@Nullable Alarm renewal;
  private boolean closed;

  /// A registrar over a log, which it closes with itself.
  public ReplicatedRegistrar(Clock clock, RegistryLog log, SessionTiming timing) {
    this.clock = clock;
    this.log = log;
    this.timing = timing;
    this.assurance = new Assurance(clock, timing.timeout().minus(timing.margin()), this::doubted);
  }

  @Override
  public Duration session() {
    return timing.timeout();
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
    Assurance.Sent sent = assurance.sent();
    log.submit(
        new Command.Join(node, incarnation, address), within, result -> joined(result, sent, then));
  }

  private synchronized void joined(
      Attempt<?> result, Assurance.Sent sent, Consumer<? super Attempt<Member>> then) {
    if (closed) {
      return;
    }
    if (result instanceof Attempt.Done<?>(Member member)) {
      self = member;
      told = Confidence.UNSURE;
      log.follow(this::follow);
      answered(sent);
      renewLater();
    } else {
      watcher = null;
    }
    then.accept(as(Member.class, result));
  }

  private synchronized void follow(Change change) {
    Watcher to = watcher;
    if (to != null) {
      to.changed(change);
      if (change instanceof Change.Removed(Member member) && member.equals(self)) {
        removed("this node was removed");
      }
    }
  }

  private void renewLater() {
    renewal = clock.schedule(clock.nanos() + timing.renewal().toNanos(), this::renew);
  }

  private synchronized void renew() {
    Member me = self;
    if (me == null || closed) {
      return;
    }
    Assurance.Sent sent = assurance.sent();
    log.submit(
        new Command.Renew(me.stay(), ++renewals),
        timing.renewal(),
        result -> renewed(me, result, sent));
    renewLater();
  }

  private synchronized void renewed(Member me, Attempt<?> result, Assurance.Sent sent) {
    if (closed || !me.equals(self)) {
      return;
    }
    switch (result) {
      case Attempt.Done<?> _ -> answered(sent);
      case Attempt.Refused<?>(String why) -> removed(why);
      case Attempt.Unknown<?> _ -> {
        // the next one, or the doubt that comes
      }
    }
  }

  private void answered(Assurance.Sent sent) {
    assurance.answered(sent);
    tell(Confidence.MEMBER, "");
  }

  private synchronized void doubted() {
    if (!closed && self != null) {
      tell(Confidence.UNSURE, "no answer for the time of a session, " + timing.timeout());
    }
  }

  private void removed(String why) {
    tell(Confidence.REMOVED, why);
    forget();
  }

  private void tell(Confidence now, String why) {
    Watcher to = watcher;
    if (to != null && now != told) {
      told = now;
      to.sure(now, why);
    }
  }

  private void forget() {
    watcher = null;
    self = null;
    assurance.end();
    told = Confidence.REMOVED;
    if (renewal != null) {
      renewal.cancel();
    }
  }

  @Override
  public boolean isSure() {
    return assurance.isSure();
  }

  @Override
  public void close() {
    Member me;
    synchronized (this) {
      me = self;
      closed = true;
      forget();
    }
    if (me != null) {
      log.submit(new Command.Leave(me.stay()), timing.renewal(), _ -> {});
    }
    log.close();
  }

  // What members do

  @Override
  public synchronized void acquire(
      String lease, String value, Duration within, Consumer<? super Attempt<Lease>> then) {
    Member me = self;
    if (me == null) {
      then.accept(noMember());
    } else {
      submit(new Command.Acquire(me.stay(), lease, value), Lease.class, within, then);
    }
  }

  private static <T> Attempt<T> noMember() {
    return new Attempt.Refused<>("this node is no member");
  }

  @Override
  public void release(Lease lease, Duration within, Consumer<? super Attempt<Lease>> then) {
    submit(
        new Command.Release(lease.stay(), lease.name(), lease.token()), Lease.class, within, then);
  }

  @Override
  public void write(
      Lease by,
      String note,
      String value,
      Duration within,
      Consumer<? super Attempt<String>> then) {
    submit(new Command.Write(by.name(), by.token(), note, value), String.class, within, then);
  }

  @Override
  public void read(String note, Duration within, Consumer<? super Attempt<Optional<String>>> then) {
    log.submit(
        new Command.Read(note),
        within,
        result ->
            then.accept(
                switch (result) {
                  case Attempt.Done<?>(var value) ->
                      new Attempt.Done<>(((Optional<?>) value).map(String.class::cast));
                  case Attempt.Refused<?>(String why) -> new Attempt.Refused<>(why);
                  case Attempt.Unknown<?>(String why) -> new Attempt.Unknown<>(why);
                }));
  }

  private <T> void submit(
      Command command, Class<T> type, Duration within, Consumer<? super Attempt<T>> then) {
    log.submit(command, within, result -> then.accept(as(type, result)));
  }

  private static <T> Attempt<T> as(Class<T> type, Attempt<?> result) {
    return switch (result) {
      case Attempt.Done<?>(var value) -> new Attempt.Done<>(type.cast(value));
      case Attempt.Refused<?>(String why) -> new Attempt.Refused<>(why);
      case Attempt.Unknown<?>(String why) -> new Attempt.Unknown<>(why);
    };
  }
}
