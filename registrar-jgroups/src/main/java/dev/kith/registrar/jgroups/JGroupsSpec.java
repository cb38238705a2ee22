package dev.kith.registrar.jgroups;

import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.SessionTiming;
import java.nio.file.Path;
import java.util.List;

/// Who votes, and where a node keeps what was decided.
///
/// @param voters the link addresses, `host:port`, of the nodes that vote; the same list at all
///   nodes. More than half of them must be there for anything to be decided
/// @param folder where a voter keeps its log; it must find it again after a restart
/// @param secret what all nodes know; may be none, on one machine
/// @param timing of sessions
public record JGroupsSpec(List<String> voters, Path folder, Secret secret, SessionTiming timing) {
  public JGroupsSpec {
    voters = List.copyOf(voters);
    if (voters.isEmpty()) {
      throw new IllegalArgumentException("nobody votes");
    }
  }

  /// These vote, with sessions of 6 s and no secret.
  public static JGroupsSpec of(List<String> voters, Path folder) {
    return new JGroupsSpec(voters, folder, Secret.none(), SessionTiming.standard());
  }

  /// With a secret.
  public JGroupsSpec withSecret(Secret other) {
    return new JGroupsSpec(voters, folder, other, timing);
  }

  /// With other sessions.
  public JGroupsSpec withTiming(SessionTiming other) {
    return new JGroupsSpec(voters, folder, secret, other);
  }
}
