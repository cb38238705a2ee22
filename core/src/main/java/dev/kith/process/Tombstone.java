package dev.kith.process;

/// Stands where a process was, or never was: a process that has always been dead, so that signals
/// to it come back as they should, in the name of the pid they were meant for.
final class Tombstone extends LocalProcess<Object> {
  private static final ProcessSpec<Object> SPEC =
      ProcessSpec.server(Object.class, () -> (self, message) -> {});

  private final Pid pid;

  Tombstone(Node node, Pid pid) {
    super(node, pid.serial(), SPEC, null);
    this.pid = pid;
    retire();
  }

  @Override
  public Pid pid() {
    return pid;
  }

  @Override
  public boolean run(Slice slice) {
    throw new IllegalStateException(pid + " was given a turn");
  }

  @Override
  void handleAgain(Mail mail) {
    throw new IllegalStateException(pid + " handles " + mail);
  }

  @Override
  void terminate(ExitReason reason) {}

  @Override
  Waiter ownWaiter() {
    throw new IllegalStateException(pid + " waits");
  }

  @Override
  boolean isThreaded() {
    return false;
  }

  @Override
  void trace(Tracer tracer, boolean now) {
    // it handles nothing
  }

  @Override
  Object inspection() {
    return "dead";
  }
}
