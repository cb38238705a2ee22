package dev.kith.supervision;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What a supervisor is: its children in start order, and what it does when one of them ends.
///
/// {@snippet lang=java :
/// SupervisorSpec.restForOne(ChildSpec.permanent(STORE, Store::new), ChildSpec.permanent(API, Api::new))
///     .withIntensity(RestartIntensity.of(3, ofSeconds(10)))
/// }
///
/// Unless it says otherwise it gives up at the second restart within 5 seconds, restarts without a
/// wait and ends only when it is told to.
public final class SupervisorSpec {
  private final RestartStrategy strategy;
  private final RestartIntensity intensity;
  private final RestartBackoff backoff;
  private final AutoShutdown autoShutdown;
  private final List<ChildSpec<?>> children;

  private SupervisorSpec(
      RestartStrategy strategy,
      RestartIntensity intensity,
      RestartBackoff backoff,
      AutoShutdown autoShutdown,
      List<ChildSpec<?>> children) {
    this.strategy = Objects.requireNonNull(strategy);
    this.intensity = Objects.requireNonNull(intensity);
    this.backoff = Objects.requireNonNull(backoff);
    this.autoShutdown = Objects.requireNonNull(autoShutdown);
    this.children = List.copyOf(children);
    Set<String> ids = new HashSet<>();
    for (ChildSpec<?> child : children) {
      require(ids.add(child.id()), "two children have the id " + child.id());
      require(accepts(child), notAccepted(child));
    }
  }

  /// A supervisor whose children restart each by itself.
  public static SupervisorSpec oneForOne(ChildSpec<?>... children) {
    return of(RestartStrategy.ONE_FOR_ONE, children);
  }

  /// A supervisor whose children restart all together.
  public static SupervisorSpec oneForAll(ChildSpec<?>... children) {
    return of(RestartStrategy.ONE_FOR_ALL, children);
  }

  /// A supervisor of whose children each restarts together with those after it.
  public static SupervisorSpec restForOne(ChildSpec<?>... children) {
    return of(RestartStrategy.REST_FOR_ONE, children);
  }

  /// A supervisor with this strategy.
  public static SupervisorSpec of(RestartStrategy strategy, ChildSpec<?>... children) {
    return new SupervisorSpec(
        strategy,
        RestartIntensity.standard(),
        RestartBackoff.none(),
        AutoShutdown.NEVER,
        List.of(children));
  }

  /// The same with other children.
  public SupervisorSpec withChildren(ChildSpec<?>... others) {
    return withChildren(List.of(others));
  }

  /// The same with other children.
  public SupervisorSpec withChildren(List<ChildSpec<?>> others) {
    return new SupervisorSpec(strategy, intensity, backoff, autoShutdown, others);
  }

  /// The same, giving up sooner or later.
  public SupervisorSpec withIntensity(RestartIntensity other) {
    return new SupervisorSpec(strategy, other, backoff, autoShutdown, children);
  }

  /// The same, waiting before it restarts.
  public SupervisorSpec withBackoff(RestartBackoff other) {
    return new SupervisorSpec(strategy, intensity, other, autoShutdown, children);
  }

  /// The same, ending with its significant children. To be said before it is given such children.
  public SupervisorSpec withAutoShutdown(AutoShutdown other) {
    return new SupervisorSpec(strategy, intensity, backoff, other, children);
  }

  /// Who restarts together.
  public RestartStrategy strategy() {
    return strategy;
  }

  /// When it gives up.
  public RestartIntensity intensity() {
    return intensity;
  }

  /// How long it waits before it restarts.
  public RestartBackoff backoff() {
    return backoff;
  }

  /// Whether it ends with its significant children.
  public AutoShutdown autoShutdown() {
    return autoShutdown;
  }

  /// The children in start order.
  public List<ChildSpec<?>> children() {
    return children;
  }

  /// Whether this may be one of its children.
  boolean accepts(ChildSpec<?> child) {
    return !child.isSignificant() || autoShutdown != AutoShutdown.NEVER;
  }

  static String notAccepted(ChildSpec<?> child) {
    return "child " + child.id() + " is significant, and its supervisor never shuts down by itself";
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
