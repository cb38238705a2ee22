package dev.kith.bench.remote.kith;

import dev.kith.group.Scope;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.concurrent.atomic.AtomicLong;

/// The members that a side has, which count together what they hear; the last tells who listens.
final class Choir {
  private final Node node;
  private final long members;
  private final AtomicLong heard = new AtomicLong();

  private Choir(Node node, long members) {
    this.node = node;
    this.members = members;
  }

  static void begin(KithSide side, int members) {
    Choir choir = new Choir(side.node(), members);
    Scope scope = side.cluster().scope(KithFar.SCOPE);
    for (int i = 0; i < members; i++) {
      scope.join(KithFar.EVERYBODY, side.node().spawn(Talk.Word.class, () -> choir.new Member()));
    }
  }

  private final class Member implements Server<Talk.Word> {
    @Override
    public void handle(Self<Talk.Word> self, Talk.Word word) {
      if (heard.incrementAndGet() % members == 0) {
        node.send(
            KithFar.LISTENER.at(NodeName.of(KithSubjects.NEAR)),
            new Talk.Heard(word.number(), members));
      }
    }
  }
}
