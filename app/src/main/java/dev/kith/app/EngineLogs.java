package dev.kith.app;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// How much of what engines have to say is for the user of a node.
///
/// ZooKeeper writes hundreds of lines when a server starts, and all three write stack traces for
/// what is expected when one of several is gone. What comes of it registrars say in words of their
/// own. So what is left is what keeps a server from starting, or from going on, and what raft calls
/// an error: a copy that agrees with no other must not be silent. Whoever wants all of it gives the
/// JVM a `java.util.logging.config.file`, and then nothing is held back here.
final class EngineLogs {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "org.apache.zookeeper", Level.SEVERE,
          "org.apache.zookeeper.server.quorum", Level.OFF,
          "org.apache.zookeeper.server.quorum.QuorumPeer", Level.SEVERE,
          "org.apache.zookeeper.server.quorum.QuorumPeerMain", Level.SEVERE,
          "org.apache.zookeeper.ClientCnxnSocketNetty", Level.OFF,
          "org.apache.curator", Level.OFF,
          "org.jgroups", Level.OFF,
          "org.jgroups.protocols.raft", Level.SEVERE);

  /// Held, since a logger that nobody holds forgets its level.
  private static final List<Logger> LOGGERS =
      LEVELS.keySet().stream().map(Logger::getLogger).toList();

  private EngineLogs() {}

  static void quieten() {
    if (System.getProperty("java.util.logging.config.file") == null) {
      LOGGERS.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
    }
  }
}
