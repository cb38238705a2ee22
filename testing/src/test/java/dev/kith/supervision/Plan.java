package dev.kith.supervision;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// A tree of supervisors and workers on paper, from which both the real one and the model are made.
sealed interface Plan {
  String id();

  Restart restart();

  boolean significant();

  /// A worker.
  ///
  /// @param stops how it takes being asked to end
  record Worker(String id, Restart restart, boolean significant, Stops stops) implements Plan {}

  /// A supervisor.
  record Parent(
      String id,
      Restart restart,
      boolean significant,
      RestartStrategy strategy,
      int restarts,
      int windowMillis,
      AutoShutdown auto,
      List<Plan> children)
      implements Plan {}

  /// What it takes to stop a worker.
  enum Stops {
    /// It ends when asked.
    WILLINGLY,
    /// It is killed without being asked.
    UNASKED,
    /// It does not end when asked, and is killed after [#PATIENCE_MILLIS].
    UNWILLINGLY
  }

  int PATIENCE_MILLIS = 300;

  /// Everything in it, this one first.
  default Stream<Plan> all() {
    return this instanceof Parent parent
        ? Stream.concat(Stream.of(this), parent.children().stream().flatMap(Plan::all))
        : Stream.of(this);
  }

  /// A tree drawn by chance.
  static Parent draw(SplittableRandom chance) {
    return new Drawing(chance).parent("top", Restart.PERMANENT, false, 0);
  }

  /// Draws trees.
  final class Drawing {
    private static final int DEPTH_MAX = 2;
    private static final int CHILDREN_MAX = 4;

    private final SplittableRandom chance;

    /// Half of all trees have nobody who takes time to end: only there can several things happen at
    /// once and each order be told apart.
    private final boolean hasUnwilling;

    private int made;

    Drawing(SplittableRandom chance) {
      this.chance = chance;
      this.hasUnwilling = chance.nextBoolean();
    }

    Parent parent(String id, Restart restart, boolean significant, int depth) {
      AutoShutdown auto = any(AutoShutdown.values());
      List<Plan> children =
          Stream.generate(() -> child(auto, depth + 1))
              .limit(depth == 0 ? 1 + chance.nextInt(CHILDREN_MAX) : chance.nextInt(CHILDREN_MAX))
              .toList();
      return new Parent(
          id,
          restart,
          significant,
          any(RestartStrategy.values()),
          chance.nextInt(4),
          1_000 * (1 + chance.nextInt(5)),
          auto,
          children);
    }

    private Plan child(AutoShutdown auto, int depth) {
      Restart restart = chance.nextInt(2) == 0 ? Restart.PERMANENT : any(Restart.values());
      boolean significant =
          auto != AutoShutdown.NEVER && restart != Restart.PERMANENT && chance.nextInt(2) == 0;
      if (depth <= DEPTH_MAX && chance.nextInt(3) == 0) {
        return parent("s" + ++made, restart, significant, depth);
      }
      return new Worker("w" + ++made, restart, significant, stops());
    }

    private Stops stops() {
      return switch (chance.nextInt(10)) {
        case 0, 2 -> hasUnwilling ? Stops.UNWILLINGLY : Stops.WILLINGLY;
        case 1 -> Stops.UNASKED;
        default -> Stops.WILLINGLY;
      };
    }

    private <T> T any(T[] values) {
      return values[chance.nextInt(values.length)];
    }
  }
}
