package dev.kith.cluster.registrar;

import dev.kith.process.Node;

/// Makes registrars of one kind, and keeps what they need to run: a server in this JVM, for
/// example.
///
/// **Threading.** Any thread; both may take their time.
@FunctionalInterface
public interface RegistrarEngine extends AutoCloseable {
  /// A registrar for this node; for another one after the first was closed, should the process that
  /// speaks with it crash.
  ///
  /// @param address where other nodes reach it
  /// @throws IllegalStateException if there is none for it, with words; it is tried again
  Registrar open(Node node, String address);

  /// The port that an engine listens on beside this node's links: 1,000 above theirs, or below
  /// where there is no such port.
  ///
  /// @param link where other nodes reach it, `host:port`
  static int portBeside(String link) {
    int port = Integer.parseInt(link.substring(link.lastIndexOf(':') + 1));
    return port + 1_000 <= 65_535 ? port + 1_000 : port - 1_000;
  }

  /// Ends what is kept, after the registrars were closed.
  @Override
  default void close() {}
}
