package dev.kith.supervision;

import dev.kith.process.Blueprint;
import dev.kith.process.Name;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/// What a supervisor must know of a child: its process, when to restart it and how to stop it.
///
/// {@snippet lang=java :
/// ChildSpec.permanent(COUNTER, Counter::new).withShutdown(Shutdown.within(ofSeconds(10)))
/// }
///
/// Unless it says otherwise, a worker is asked to shut down and killed after 5 seconds, a
/// supervisor takes the time it needs, and a child is not significant (SUP-3).
///
/// @param <M> the messages that the child takes
public final class ChildSpec<M> {
  private static final Duration WORKER_SHUTDOWN = Duration.ofSeconds(5);

  private final String id;
  private final ProcessSpec<M> process;
  private final ChildType type;
  private final Restart restart;
  private final Shutdown shutdown;
  private final boolean significant;

  private ChildSpec(
      String id,
      ProcessSpec<M> process,
      ChildType type,
      Restart restart,
      Shutdown shutdown,
      boolean significant) {
    this.id = Objects.requireNonNull(id);
    this.process = Objects.requireNonNull(process);
    this.type = Objects.requireNonNull(type);
    this.restart = Objects.requireNonNull(restart);
    this.shutdown = Objects.requireNonNull(shutdown);
    this.significant = significant;
    if (significant && restart == Restart.PERMANENT) {
      throw new IllegalArgumentException(
          "child " + id + " is permanent: it never ends for good, so it cannot be significant");
    }
  }

  /// A server that is always restarted, under a name that is also its id.
  public static <M> ChildSpec<M> permanent(Name<M> name, Supplier<? extends Server<M>> server) {
    return permanent(name.text(), named(name, server));
  }

  /// The server of a blueprint, always restarted, under a name that is also its id.
  public static <A, M> ChildSpec<M> permanent(
      Name<M> name, Blueprint<A, M> blueprint, A arguments) {
    return permanent(name.text(), ProcessSpec.of(blueprint, arguments).named(name));
  }

  /// A process that is always restarted.
  public static <M> ChildSpec<M> permanent(String id, ProcessSpec<M> process) {
    return worker(id, process, Restart.PERMANENT);
  }

  /// A server that is restarted if it fails ([Restart#TRANSIENT]; the bare word is Java's), under a
  /// name that is also its id.
  public static <M> ChildSpec<M> transientChild(
      Name<M> name, Supplier<? extends Server<M>> server) {
    return transientChild(name.text(), named(name, server));
  }

  /// The server of a blueprint, restarted if it fails, under a name that is also its id.
  public static <A, M> ChildSpec<M> transientChild(
      Name<M> name, Blueprint<A, M> blueprint, A arguments) {
    return transientChild(name.text(), ProcessSpec.of(blueprint, arguments).named(name));
  }

  /// A process that is restarted if it fails.
  public static <M> ChildSpec<M> transientChild(String id, ProcessSpec<M> process) {
    return worker(id, process, Restart.TRANSIENT);
  }

  /// A server that is never restarted, under a name that is also its id.
  public static <M> ChildSpec<M> temporary(Name<M> name, Supplier<? extends Server<M>> server) {
    return temporary(name.text(), named(name, server));
  }

  /// The server of a blueprint, never restarted, under a name that is also its id.
  public static <A, M> ChildSpec<M> temporary(
      Name<M> name, Blueprint<A, M> blueprint, A arguments) {
    return temporary(name.text(), ProcessSpec.of(blueprint, arguments).named(name));
  }

  /// A process that is never restarted.
  public static <M> ChildSpec<M> temporary(String id, ProcessSpec<M> process) {
    return worker(id, process, Restart.TEMPORARY);
  }

  /// A supervisor under this one, always restarted.
  public static ChildSpec<Supervisor.Message> supervisor(String id, SupervisorSpec spec) {
    return permanent(id, Supervisor.spec(spec)).asSupervisor();
  }

  /// A supervisor under this one, always restarted, under a name that is also its id.
  public static ChildSpec<Supervisor.Message> supervisor(
      Name<Supervisor.Message> name, SupervisorSpec spec) {
    return permanent(name.text(), Supervisor.spec(spec).named(name)).asSupervisor();
  }

  /// A dynamic supervisor under this one, always restarted, under a name that is also its id.
  public static ChildSpec<DynamicSupervisor.Message> dynamicSupervisor(
      Name<DynamicSupervisor.Message> name, DynamicSupervisorSpec spec) {
    return permanent(name.text(), DynamicSupervisor.spec(spec).named(name)).asSupervisor();
  }

  private static <M> ProcessSpec<M> named(Name<M> name, Supplier<? extends Server<M>> server) {
    return ProcessSpec.server(name.protocol(), server).named(name);
  }

  private static <M> ChildSpec<M> worker(String id, ProcessSpec<M> process, Restart restart) {
    Shutdown shutdown = Shutdown.within(WORKER_SHUTDOWN);
    return new ChildSpec<>(id, process, ChildType.WORKER, restart, shutdown, false);
  }

  /// The same, restarted in other cases.
  public ChildSpec<M> withRestart(Restart other) {
    return new ChildSpec<>(id, process, type, other, shutdown, significant);
  }

  /// The same, stopped in another way.
  public ChildSpec<M> withShutdown(Shutdown other) {
    return new ChildSpec<>(id, process, type, restart, other, significant);
  }

  /// The same, whose end may end its supervisor ([AutoShutdown]).
  ///
  /// @throws IllegalArgumentException if it is permanent
  public ChildSpec<M> significant() {
    return new ChildSpec<>(id, process, type, restart, shutdown, true);
  }

  /// The same, known to have children of its own, and given the time it needs to stop them.
  public ChildSpec<M> asSupervisor() {
    return new ChildSpec<>(
        id, process, ChildType.SUPERVISOR, restart, Shutdown.unhurried(), significant);
  }

  /// What its supervisor knows it by, unique among its children.
  public String id() {
    return id;
  }

  /// The process that is started.
  public ProcessSpec<M> process() {
    return process;
  }

  /// What it is.
  public ChildType type() {
    return type;
  }

  /// When it is restarted.
  public Restart restart() {
    return restart;
  }

  /// How it is stopped.
  public Shutdown shutdown() {
    return shutdown;
  }

  /// Whether its end may end its supervisor.
  public boolean isSignificant() {
    return significant;
  }

  @Override
  public String toString() {
    return id;
  }
}
