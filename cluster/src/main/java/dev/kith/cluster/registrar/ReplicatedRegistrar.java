package dev.kith.cluster.registrar;

import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/*
 * A number goes out at every renewal; what is remembered of it is when it was *sent*. When it is answered, the
 * node was a member at some moment after that, and the keeper of the log removes it no sooner than a session
 * after that moment. So until a session after the sending, less the margin, it is sure.
 */
/// A registrar whose engine agrees on nothing but the order of commands: everything else is
/// [Registry].
///
/// **Threading.** As [Registrar] says.
public final class ReplicatedRegistrar implements Registrar {
  private final RegistryLog log;
  private final SessionTiming timing;
  private final Stay stay;
  private final AtomicLong renewals = new AtomicLong();

  /// A registrar over a log, which it closes with itself.
  public ReplicatedRegistrar(Clock clock, RegistryLog log, SessionTiming timing) {
    this.log = log;
    this.timing = timing;
    this.stay = new Stay(clock, timing, new Engine());
  }

  @Override
  public Duration session() {
    return timing.timeout();
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
    log.submit(
        new Command.Join(node, incarnation, address),
        within,
        result -> then.accept(joined(watcher, as(Member.class, result), sent)));
  }

  private Attempt<Member> joined(Watcher watcher, Attempt<Member> result, Assurance.Sent sent) {
    if (!(result instanceof Attempt.Done<Member>(Member member))) {
      stay.failed(watcher);
      return result;
    }
    if (!stay.joined(watcher, member, sent)) {
      leave(member);
      return new Attempt.Refused<>("closed");
    }
    log.follow(change -> stay.changed(member, change));
    if (!stay.isSure()) {
      stay.renew(); // the answer took so long that it says nothing of now
    }
    return result;
  }

  private void leave(Member me) {
    log.submit(new Command.Leave(me.stay()), timing.renewal(), _ -> {});
  }

  /// What the stay needs of the log.
  private final class Engine implements Stay.Engine {
    @Override
    public void renew(Member me, Assurance.Sent sent) {
      log.submit(
          new Command.Renew(me.stay(), renewals.incrementAndGet()),
          timing.renewal(),
          result -> {
            switch (result) {
              case Attempt.Done<?> _ -> stay.answered(me, sent);
              case Attempt.Refused<?>(String why) -> stay.removed(me, why);
              case Attempt.Unknown<?> _ -> {
                // the next one, or the doubt that comes
              }
            }
          });
    }

    @Override
    public void ended() {}

    @Override
    public String holdup() {
      return log.holdup();
    }
  }

  @Override
  public boolean isSure() {
    return stay.isSure();
  }

  @Override
  public void close() {
    stay.close().ifPresent(this::leave);
    log.close();
  }

  // What members do

  @Override
  public void acquire(
      String lease, String value, Duration within, Consumer<? super Attempt<Lease>> then) {
    stay.self()
        .ifPresentOrElse(
            me -> submit(new Command.Acquire(me.stay(), lease, value), Lease.class, within, then),
            () -> then.accept(new Attempt.Refused<>("this node is no member")));
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
