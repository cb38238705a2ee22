package dev.kith.registrar.jgroups;

import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.wire.node.CertificateFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Who votes, and where a node keeps what was decided.
///
/// @param discovery who votes. More than half of them must be there for anything to be decided
/// @param folder where a voter keeps its log; it must find it again after a restart
/// @param secret what all nodes know; may be none on one machine, and where there are certificates
///   and a list
/// @param certificates by which nodes know each other where they speak TLS; empty for no TLS. All
///   that were signed by who is believed are taken for nodes of the cluster
/// @param timing of sessions
public record JGroupsSpec(
    Discovery discovery,
    Path folder,
    Secret secret,
    Optional<CertificateFiles> certificates,
    SessionTiming timing) {

  /// These vote, with sessions of 6 s and no secret.
  ///
  /// @param voters link addresses, `host:port`
  public static JGroupsSpec of(List<String> voters, Path folder) {
    return of(new Discovery.Listed(voters), folder);
  }

  /// Those vote whom this finds, with sessions of 6 s and no secret.
  public static JGroupsSpec of(Discovery discovery, Path folder) {
    return new JGroupsSpec(
        discovery, folder, Secret.none(), Optional.empty(), SessionTiming.standard());
  }

  /// With a secret.
  public JGroupsSpec withSecret(Secret other) {
    return new JGroupsSpec(discovery, folder, other, certificates, timing);
  }

  /// By TLS.
  public JGroupsSpec withCertificates(CertificateFiles files) {
    return new JGroupsSpec(discovery, folder, secret, Optional.of(files), timing);
  }

  /// With other sessions.
  public JGroupsSpec withTiming(SessionTiming other) {
    return new JGroupsSpec(discovery, folder, secret, certificates, other);
  }
}
