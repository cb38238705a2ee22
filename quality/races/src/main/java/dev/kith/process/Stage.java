package dev.kith.process;

/// A node on which nothing runs by itself: the actors of a test do what its threads would.
final class Stage extends Scheduler {
  private static final ProcessSpec<Object> SPEC =
      ProcessSpec.server(Object.class, () -> (self, message) -> {});

  final Node node;

  Stage() {
    Clock still = new StillClock();
    node =
        Node.start(
            NodeSpec.of(new NodeName("stage"))
                .withEnvironment(new Environment(still, () -> 0, this))
                .withCrashReports(NodeSpec.CrashReports.SILENT));
  }

  /// A process whose turn has begun.
  LocalProcess<Object> process() {
    return (LocalProcess<Object>) node.spawn(SPEC);
  }

  /// The same, unknown to the node and forgotten with the last reference: for one that never ends.
  LocalProcess<Object> bystander() {
    return new ServerProcess<>(node, 0, SPEC, null);
  }

  /// A clock that stands.
  private static final class StillClock implements Clock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public long wallMillis() {
      return 0;
    }

    @Override
    public Alarm schedule(long atNanos, Runnable task) {
      return () -> {};
    }
  }

  @Override
  protected void schedule(Turn turn) {
    // the actors are the threads
  }

  @Override
  protected void fork(Turn body) {
    throw new IllegalStateException("no bodies here");
  }

  @Override
  protected void await(Waiter waiter, long deadlineNanos) {
    throw new IllegalStateException("nobody waits here");
  }

  @Override
  protected void resume(Waiter waiter) {
    waiter.permit();
  }

  @Override
  protected void reap(Turn killed) {}

  @Override
  protected int parallelism() {
    return 1;
  }

  @Override
  protected int tick() {
    return 0;
  }
}
