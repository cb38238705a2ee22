package dev.kith.cluster;

import dev.kith.group.FanOut;
import dev.kith.process.Letter;
import dev.kith.process.NodeSignal;
import dev.kith.wire.node.ByteStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Broadcasts from another node that take more than a moment: given to a slice of the members at a
/// time, so that others get their turn in between. What comes behind one in its lane waits for it;
/// so a long one delays its sender's later signals, and nobody else's but for sharing the lane.
///
/// **Threading.** Belongs to the loop of the stream. **Limits.** If more than some bytes wait, no
/// more is read until they have gone.
final class FanOuts {
  /// Members that get a letter before others have their turn.
  static final int SLICE = 1_000;

  /// What a signal without a letter counts.
  private static final long SMALL = 64;

  private final ByteStream stream;
  private final long crowded;
  private final Consumer<NodeSignal> then;
  private final Map<Integer, Line> lines = new TreeMap<>();
  private long bytes;
  private boolean suspended;

  /// A broadcast, and what waits behind it.
  private record Line(FanOut first, Queue<NodeSignal> behind) {}

  /// @param crowded bytes that may wait
  /// @param then takes what has waited
  FanOuts(ByteStream stream, long crowded, Consumer<NodeSignal> then) {
    this.stream = stream;
    this.crowded = crowded;
    this.then = then;
  }

  /// Begins with a broadcast; null is one for nobody.
  void begin(int lane, @Nullable FanOut broadcast) {
    if (broadcast != null && broadcast.go(SLICE)) {
      lines.put(lane, new Line(broadcast, new ArrayDeque<>()));
      stream.loop().execute(() -> goOn(lane));
    }
  }

  /// Whether a lane waits for a broadcast.
  boolean holds(int lane) {
    return lines.containsKey(lane);
  }

  /// Keeps what has come in a lane that waits.
  void hold(int lane, NodeSignal signal) {
    Line line = lines.get(lane);
    if (line == null) {
      throw new IllegalStateException("nothing to wait for");
    }
    line.behind.add(signal);
    bytes += weight(signal);
    if (bytes > crowded && !suspended) {
      suspended = true;
      stream.suspend();
    }
  }

  private static long weight(NodeSignal signal) {
    Object value =
        switch (signal) {
          case NodeSignal.Message message -> message.value();
          case NodeSignal.Request request -> request.value();
          case NodeSignal.Reply reply -> reply.value();
          case NodeSignal.Broadcast broadcast -> broadcast.value();
          case NodeSignal.Spawn spawn -> spawn.argument();
          default -> signal;
        };
    return SMALL + (value instanceof Letter letter ? letter.bytes() : 0);
  }

  /// Whether nothing is read for the time being.
  boolean areCrowded() {
    return suspended;
  }

  private void goOn(int lane) {
    Line line = lines.get(lane);
    if (line == null) {
      return;
    }
    if (line.first.go(SLICE)) {
      stream.loop().execute(() -> goOn(lane));
      return;
    }
    lines.remove(lane);
    release(lane, line.behind);
    if (suspended && bytes <= crowded / 2) {
      suspended = false;
      stream.resume();
    }
  }

  /// What has waited goes on, up to the next broadcast that takes long.
  private void release(int lane, Queue<NodeSignal> behind) {
    for (NodeSignal next = behind.poll(); next != null; next = behind.poll()) {
      bytes -= weight(next);
      then.accept(next);
      Line fresh = lines.get(lane);
      if (fresh != null) {
        fresh.behind.addAll(behind);
        return;
      }
    }
  }

  /// The connection has ended: brings all that has come to its end, at once.
  void finish() {
    while (!lines.isEmpty()) {
      for (Integer lane : List.copyOf(lines.keySet())) {
        Line line = lines.remove(lane);
        if (line != null && line.first.go(Integer.MAX_VALUE / 2)) {
          throw new IllegalStateException("more members than there can be");
        }
        if (line != null) {
          release(lane, line.behind);
        }
      }
    }
  }
}
