package dev.kith.process;

import dev.kith.testing.World;

/// Two nodes of a world that are connected without a wire: signals pass as they are, each in the
/// order of its sender, and nothing is encoded but references.
final class DirectLink {
  private final World world;
  private final Node one;
  private final Node other;
  private Peer there;
  private Peer back;

  DirectLink(World world, Node one, Node other) {
    this.world = world;
    this.one = one;
    this.other = other;
    connect();
  }

  /// Connects them again.
  void connect() {
    there = one.connect(other.name());
    back = other.connect(one.name());
    there.up(other.incarnation(), carrier(one, other, back));
    back.up(one.incarnation(), carrier(other, one, there));
  }

  /// The connection is lost: one of the two hears of it first.
  void lose() {
    Peer first = world.below(2) == 0 ? there : back;
    Peer second = first == there ? back : there;
    first.lost("cut");
    world.run();
    second.lost("cut");
  }

  private Carrier carrier(Node from, Node to, Peer into) {
    ProcessRef<NodeSignal> post =
        to.spawn(NodeSignal.class, () -> (_, signal) -> into.receive(signal));
    return new Carrier() {
      @Override
      public Carried carry(NodeSignal signal) {
        to.tell(post, crossed(signal, from, to));
        return Carried.SENT;
      }

      @Override
      public boolean isCrowded(long from) {
        return false;
      }
    };
  }

  private static NodeSignal crossed(NodeSignal signal, Node from, Node to) {
    return switch (signal) {
      case NodeSignal.Message(long by, var target, Object value, TraceContext trace) ->
          new NodeSignal.Message(by, target, letter(value, from, to), trace);
      case NodeSignal.Request(long by, var target, long id, Object value, TraceContext trace) ->
          new NodeSignal.Request(by, target, id, letter(value, from, to), trace);
      case NodeSignal.Reply(long by, long id, Object value) ->
          new NodeSignal.Reply(by, id, letter(value, from, to));
      case NodeSignal.Spawn(long by, long id, String what, Object argument, boolean linked) ->
          new NodeSignal.Spawn(by, id, what, letter(argument, from, to), linked);
      default -> signal;
    };
  }

  private static Letter letter(Object value, Node from, Node to) {
    return new Opened(from.describe(value).map(to::resolve).orElse(value));
  }

  private record Opened(Object open) implements Letter {
    @Override
    public Class<?> type() {
      return open.getClass();
    }

    @Override
    public int bytes() {
      return 100;
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }
}
