package dev.kith.registrar.zookeeper;

import java.time.Duration;

/// Where ZooKeeper is, and what a cluster is called there.
///
/// @param hosts `host:port,…` of the ensemble
/// @param root the path below which the cluster keeps everything
/// @param session how long a node may be silent; ZooKeeper allows 2 to 20 of its ticks
/// @param secret who does not know it may not read or write below the root, by ZooKeeper's
///   `digest`; empty for none
public record ZooKeeperSpec(String hosts, String root, Duration session, String secret) {
  public ZooKeeperSpec {
    if (hosts.isBlank() || !root.startsWith("/") || root.endsWith("/") || session.toMillis() < 1) {
      throw new IllegalArgumentException(
          "ZooKeeper at '%s', root '%s', session %s".formatted(hosts, root, session));
    }
  }

  /// At these hosts, below `/kith`, with sessions of 6 s.
  public static ZooKeeperSpec of(String hosts) {
    return new ZooKeeperSpec(hosts, "/kith", Duration.ofSeconds(6), "");
  }

  /// With another root.
  public ZooKeeperSpec withRoot(String other) {
    return new ZooKeeperSpec(hosts, other, session, secret);
  }

  /// With other sessions.
  public ZooKeeperSpec withSession(Duration other) {
    return new ZooKeeperSpec(hosts, root, other, secret);
  }

  /// With a secret.
  public ZooKeeperSpec withSecret(String other) {
    return new ZooKeeperSpec(hosts, root, session, other);
  }

  String holdup() {
    return this + " does not answer";
  }

  @Override
  public String toString() {
    return "ZooKeeper at " + hosts + root;
  }
}
