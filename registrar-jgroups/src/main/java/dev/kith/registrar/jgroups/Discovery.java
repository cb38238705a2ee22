package dev.kith.registrar.jgroups;

import java.net.InetSocketAddress;
import java.util.List;

/// How a node learns who votes.
public sealed interface Discovery {
  /// These do.
  ///
  /// @param voters link addresses, `host:port`; the same list at all nodes
  record Listed(List<String> voters) implements Discovery {
    public Listed {
      voters = List.copyOf(voters);
      if (voters.isEmpty()) {
        throw new IllegalArgumentException("nobody votes");
      }
      voters.forEach(Voters::check);
    }
  }

  /// Those that first find each other on the local network, as many as this; all other nodes learn
  /// of them. A list, once found, stays: nodes keep it in their folders.
  ///
  /// A network that is in two parts while a cluster starts for the first time, with enough nodes in
  /// each, has two clusters afterwards. With fewer than twice as many nodes as voters that cannot
  /// be.
  ///
  /// @param voters 2 to 9; the same number at all nodes
  /// @param group a multicast address and port that no other cluster has
  record Multicast(int voters, InetSocketAddress group) implements Discovery {
    private static final int VOTERS_MIN = 2;
    private static final int VOTERS_MAX = 9;

    public Multicast {
      if (voters < VOTERS_MIN || voters > VOTERS_MAX) {
        throw new IllegalArgumentException(
            "%d to %d nodes vote, not %d".formatted(VOTERS_MIN, VOTERS_MAX, voters));
      }
      if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
        throw new IllegalArgumentException(group + " is no multicast address");
      }
    }
  }
}
