package dev.kith.supervision;

import java.time.Duration;
import java.util.Objects;

/// What a dynamic supervisor is: how it treats its children, who are all alike.
///
/// Unless it says otherwise a child has 5 seconds to shut down, the supervisor gives up at the
/// second restart within 5 seconds, and it takes a million children.
///
/// @param restart when a child is restarted
/// @param shutdown how children are stopped
/// @param intensity when the supervisor gives up
/// @param childrenMax how many children it takes; with so many, a start fails
public record DynamicSupervisorSpec(
    Restart restart, Shutdown shutdown, RestartIntensity intensity, int childrenMax) {
  private static final Duration CHILD_SHUTDOWN = Duration.ofSeconds(5);
  private static final int CHILDREN_MAX = 1_000_000;

  public DynamicSupervisorSpec {
    Objects.requireNonNull(restart);
    Objects.requireNonNull(shutdown);
    Objects.requireNonNull(intensity);
    if (childrenMax < 1) {
      throw new IllegalArgumentException("at least one child, not " + childrenMax);
    }
  }

  /// A dynamic supervisor of children that are restarted in these cases.
  public static DynamicSupervisorSpec of(Restart restart) {
    return new DynamicSupervisorSpec(
        restart, Shutdown.within(CHILD_SHUTDOWN), RestartIntensity.standard(), CHILDREN_MAX);
  }

  /// The same, with children stopped in another way.
  public DynamicSupervisorSpec withShutdown(Shutdown other) {
    return new DynamicSupervisorSpec(restart, other, intensity, childrenMax);
  }

  /// The same, giving up sooner or later.
  public DynamicSupervisorSpec withIntensity(RestartIntensity other) {
    return new DynamicSupervisorSpec(restart, shutdown, other, childrenMax);
  }

  /// The same with fewer or more children at most.
  public DynamicSupervisorSpec withChildrenMax(int other) {
    return new DynamicSupervisorSpec(restart, shutdown, intensity, other);
  }
}
