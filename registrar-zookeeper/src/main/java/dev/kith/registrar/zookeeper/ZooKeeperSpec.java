package dev.kith.registrar.zookeeper;

import dev.kith.wire.node.CertificateFiles;
import java.time.Duration;
import java.util.Optional;

/// Where ZooKeeper is, and what a cluster is called there.
///
/// @param hosts `host:port,…` of the ensemble
/// @param root the path below which the cluster keeps everything
/// @param session how long a node may be silent; ZooKeeper allows 2 to 20 of its ticks
/// @param secret who does not know it can neither read nor write below the root, nor join, and is
///   told so at once, but may see which names there are; by ZooKeeper's `digest`, for which it is
///   sent to the server, in the open unless there is TLS; empty for none. All nodes of a cluster
///   have the same from the first on: a root that was made without one is refused.
/// @param tls what is shown and who is believed where ZooKeeper is asked by TLS; empty for no TLS.
///   The server's certificate must be for the name that it is reached by; if `hosts` has addresses,
///   for the names that they have, where they have any. The node's key is RSA or EC. If it is in
///   another file than its certificate, a copy of both is in the temporary folder for as long as
///   the registrar is open, for this user to read only: ZooKeeper wants them in one
public record ZooKeeperSpec(
    String hosts, String root, Duration session, String secret, Optional<CertificateFiles> tls) {
  public ZooKeeperSpec {
    if (hosts.isBlank() || !root.startsWith("/") || root.endsWith("/") || session.toMillis() < 1) {
      throw new IllegalArgumentException(
          "ZooKeeper at '%s', root '%s', session %s".formatted(hosts, root, session));
    }
  }

  /// At these hosts, below `/kith`, with sessions of 6 s.
  public static ZooKeeperSpec of(String hosts) {
    return new ZooKeeperSpec(hosts, "/kith", Duration.ofSeconds(6), "", Optional.empty());
  }

  /// With another root.
  public ZooKeeperSpec withRoot(String other) {
    return new ZooKeeperSpec(hosts, other, session, secret, tls);
  }

  /// With other sessions.
  public ZooKeeperSpec withSession(Duration other) {
    return new ZooKeeperSpec(hosts, root, other, secret, tls);
  }

  /// With a secret.
  public ZooKeeperSpec withSecret(String other) {
    return new ZooKeeperSpec(hosts, root, session, other, tls);
  }

  /// By TLS.
  public ZooKeeperSpec withTls(CertificateFiles files) {
    return new ZooKeeperSpec(hosts, root, session, secret, Optional.of(files));
  }

  boolean hasSecret() {
    return !secret.isEmpty();
  }

  /// Why a node may not read or write: ZooKeeper never says whether a secret is right, only that
  /// entries are another's.
  String stranger() {
    return "%s belongs to nodes with %s: give this node theirs, or another root"
        .formatted(this, hasSecret() ? "another secret" : "a secret");
  }

  /// Why a node with a secret does not join those that keep none.
  String open() {
    return "others than nodes with this secret may read and write %s: delete it, or use another root"
        .formatted(this);
  }

  String holdup() {
    return this
        + tls.map(files ->
                " does not answer by TLS, or does not believe %s, or is not whom %s vouches for"
                    .formatted(files.chain(), files.trusted()))
            .orElse(" does not answer");
  }

  @Override
  public String toString() {
    return "ZooKeeper at " + hosts + root;
  }
}
