package dev.kith.bench.kith;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;

/// A workload with a node of its own, which logs nothing.
abstract class OnNode implements AutoCloseable {
  final Node node =
      Node.start(NodeSpec.of(NodeName.of("bench")).withCrashReports(NodeSpec.CrashReports.SILENT));

  @Override
  public void close() {
    node.close();
  }
}
