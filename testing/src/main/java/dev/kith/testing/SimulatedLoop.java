package dev.kith.testing;

import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.wire.Loop;

/// An event loop of a world: a process that runs what it is sent.
public final class SimulatedLoop implements Loop {
  private final Node node;
  private final ProcessRef<Runnable> process;

  private SimulatedLoop(Node node) {
    this.node = node;
    this.process = node.spawn(Runnable.class, () -> (self, task) -> task.run());
  }

  /// A loop on a node.
  public static SimulatedLoop on(Node node) {
    return new SimulatedLoop(node);
  }

  @Override
  public void execute(Runnable task) {
    node.tell(process, task);
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public int backlog() {
    return node.mailboxDepth(process);
  }
}
