package dev.kith.app;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.wire.node.Types;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kith node`: a node with nothing on it but what others know of each other, until it is told to
/// end. Those that join it, and those that join those, meet each other through it.
@Command(
    name = "node",
    description = "Runs a node that others can join.",
    mixinStandardHelpOptions = true)
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      paramLabel = "N",
      required = true,
      description = "the name of the node, which no other of the cluster has")
  private String name = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "the port to listen on for other nodes, 0 for any (${DEFAULT-VALUE})")
  private int port;

  @Mixin private final LinkOptions links = new LinkOptions();

  @Override
  public Integer call() throws Exception {
    LinkedNode node = links.link(Node.start(nodeName(name)), port, Types.of());
    Farewell.onEnd(node::close);
    System.out.println("ready " + node.words());
    System.out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  static NodeName nodeName(String text) throws Refusal {
    try {
      return NodeName.of(text);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal("--name " + text + ": " + wrong.getMessage());
    }
  }
}
