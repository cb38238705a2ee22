package dev.kith.wire.node;

import dev.kith.process.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What one node tells another of a third, so that every two meet (nodes forward nothing).
///
/// @param node its name
/// @param address where it can be reached
public record Introduction(NodeName node, String address) {
  private static final int TEXT_MAX = 1_024;

  /// Introductions in a frame.
  static final int COUNT_MAX = 30;

  public Introduction {
    Objects.requireNonNull(node);
    Objects.requireNonNull(address);
  }

  /// The bodies of frames that tell of all these.
  public static List<byte[]> encode(List<Introduction> all) {
    List<byte[]> bodies = new ArrayList<>();
    for (int from = 0; from < all.size(); from += COUNT_MAX) {
      List<Introduction> some = all.subList(from, Math.min(all.size(), from + COUNT_MAX));
      Output out = new Output();
      out.var(some.size());
      for (Introduction one : some) {
        out.text(one.node.text());
        out.text(one.address);
      }
      bodies.add(out.copy());
    }
    return bodies;
  }

  static List<Introduction> decode(byte[] body) {
    Input in = new Input(body);
    int count = in.var(COUNT_MAX);
    List<Introduction> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        all.add(new Introduction(NodeName.of(in.text(TEXT_MAX)), in.text(TEXT_MAX)));
      } catch (IllegalArgumentException e) {
        throw new Malformed("an introduction that makes no sense: " + e.getMessage());
      }
    }
    in.end();
    return all;
  }
}
