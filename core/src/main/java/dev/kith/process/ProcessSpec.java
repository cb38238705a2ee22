package dev.kith.process;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a new process is: its protocol, its code and how it is to be run.
///
/// {@snippet lang=java :
/// var spec = ProcessSpec.server(Counter.Message.class, Counter::new).named(COUNTER);
/// }
///
/// A spec is a value and can be used many times. The code is made anew for each process, inside the
/// new process, so that a constructor that throws is that process's failure.
///
/// @param <M> the messages
public final class ProcessSpec<M> {
  private final Class<M> protocol;
  private final Supplier<?> code;
  private final Kind kind;
  private final @Nullable Name<M> name;
  private final MailboxLimit mailbox;
  private final boolean blocking;
  private final boolean interruptible;

  /// Which of the two kinds of code.
  enum Kind {
    SERVER,
    BODY
  }

  private ProcessSpec(
      Class<M> protocol,
      Supplier<?> code,
      Kind kind,
      @Nullable Name<M> name,
      MailboxLimit mailbox,
      boolean blocking,
      boolean interruptible) {
    this.protocol = Objects.requireNonNull(protocol);
    this.code = Objects.requireNonNull(code);
    this.kind = kind;
    this.name = name;
    this.mailbox = Objects.requireNonNull(mailbox);
    this.blocking = blocking;
    this.interruptible = interruptible;
  }

  /// A process that runs a [Server].
  public static <M> ProcessSpec<M> server(Class<M> protocol, Supplier<? extends Server<M>> server) {
    return new ProcessSpec<>(
        protocol, server, Kind.SERVER, null, MailboxLimit.GENEROUS, false, true);
  }

  /// A process that runs a [Body].
  public static <M> ProcessSpec<M> body(Class<M> protocol, Body<M> body) {
    return new ProcessSpec<>(
        protocol, () -> body, Kind.BODY, null, MailboxLimit.GENEROUS, false, true);
  }

  /// A process made after a blueprint, with these arguments.
  public static <A, M> ProcessSpec<M> of(Blueprint<A, M> blueprint, A arguments) {
    return server(blueprint.protocol(), () -> blueprint.factory().apply(arguments));
  }

  /// The same, registered under a name from its first moment.
  public ProcessSpec<M> named(Name<M> other) {
    return new ProcessSpec<>(protocol, code, kind, other, mailbox, blocking, interruptible);
  }

  /// The same with another limit on its mailbox.
  public ProcessSpec<M> withMailbox(MailboxLimit limit) {
    return new ProcessSpec<>(protocol, code, kind, name, limit, blocking, interruptible);
  }

  /// The same, known to block in its handlers (files, JDBC, foreign services): its turns run on
  /// virtual threads, so that they hold no worker.
  public ProcessSpec<M> blocking() {
    return new ProcessSpec<>(protocol, code, kind, name, mailbox, true, interruptible);
  }

  /// The same, not interrupted when it is killed, only fenced off: for code that an interrupt would
  /// harm, such as a shared `FileChannel`, which an interrupt closes.
  public ProcessSpec<M> uninterruptible() {
    return new ProcessSpec<>(protocol, code, kind, name, mailbox, blocking, false);
  }

  /// The type of its messages.
  public Class<M> protocol() {
    return protocol;
  }

  /// The name it will hold.
  public Optional<Name<M>> name() {
    return Optional.ofNullable(name);
  }

  /// The limit on its mailbox.
  public MailboxLimit mailbox() {
    return mailbox;
  }

  Supplier<?> code() {
    return code;
  }

  Kind kind() {
    return kind;
  }

  boolean isBlocking() {
    return blocking;
  }

  boolean isInterruptible() {
    return interruptible;
  }
}
