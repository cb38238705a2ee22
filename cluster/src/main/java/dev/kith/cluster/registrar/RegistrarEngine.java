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
  Registrar open(Node node, String address);

  /// Ends what is kept, after the registrars were closed.
  @Override
  default void close() {}
}
