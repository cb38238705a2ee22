package dev.kith.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.Cluster;
import dev.kith.group.Group;
import dev.kith.group.Membership;
import dev.kith.group.Scope;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.wire.node.Types;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/// A chat in terminals: one node each, which is told of one other at most and sees everybody.
///
/// `TerminalChat NAME [HOST:PORT]` takes part under this name; what it reads it says to all, and
/// when its input ends it leaves.
public final class TerminalChat {
  private TerminalChat() {}

  // @start region=screen
  static final class Screen implements Server<Screen.Message> {
    sealed interface Message {}

    record Said(String who, String text) implements Message {}

    record Changed(Membership change) implements Message {}

    static final Group<Message> EVERYBODY = Group.of("everybody", Message.class);

    private final Scope scope;

    Screen(Scope scope) {
      this.scope = scope;
    }

    @Override
    public void started(Self<Message> self) {
      scope.join(EVERYBODY, self.ref());
      scope.watch(self, EVERYBODY, Changed::new).members().forEach(Screen::print);
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Said(String who, String text) -> System.out.println(who + ": " + text);
        case Changed(Membership change) -> print(change);
      }
    }

    private static void print(Membership change) {
      String news = change instanceof Membership.Joined ? " is here" : " has gone";
      System.out.println("* " + change.member().node() + news);
    }
  }

  // @end

  /// Runs one.
  public static void main(String[] arguments) {
    Node node = Node.start(NodeName.of(arguments[0]));
    Types messages = Types.of(Screen.Said.class);
    Cluster cluster = Clusters.join(node, messages, Clusters.others(arguments));
    System.out.println(node + " is at " + cluster.address());
    // @start region=say
    Scope scope = cluster.scope("chat");
    node.spawn(Screen.Message.class, () -> new Screen(scope));
    new BufferedReader(new InputStreamReader(System.in, UTF_8))
        .lines()
        .forEach(
            line -> scope.broadcast(Screen.EVERYBODY, new Screen.Said(node.name().text(), line)));
    // @end
    cluster.close();
    System.exit(0);
  }
}
