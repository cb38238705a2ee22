package dev.kith.wire.node;

/// How nodes reach each other: TCP, TLS, a simulated network.
///
/// Addresses are texts that only the transport understands, so that discovery and configuration
/// need not.
///
/// **Threading.** Any thread. Listeners are called on the loops of their streams.
public interface Transport {

  /// What became of an attempt to listen.
  sealed interface Listening {
    /// It listens.
    ///
    /// @param address where others reach it, with the port that was found if any was asked for
    /// @param door to be closed when it is to stop
    record At(String address, Door door) implements Listening {}

    /// It is not possible to listen there.
    ///
    /// @param why the system's words
    record NotPossible(String why) implements Listening {}
  }

  /// What takes connections, until it is closed. Streams that it has taken live on; who comes in
  /// the moment in which it closes may seem to be in, and is cut off.
  interface Door extends AutoCloseable {
    @Override
    void close();
  }

  /// Who lets in what connects with an address.
  @FunctionalInterface
  interface Porter {
    /// Somebody is in. Called on the new stream's loop.
    ///
    /// @return who is told of what happens on the stream
    ByteStreamListener opened(ByteStream stream);

    /// Somebody has come, on whom nothing was spent so far. Called on any thread.
    ///
    /// @return whether to let it in; if not, it is cut off without a word. If so, one of [#opened]
    ///   and [#gone] is called
    default boolean knocks(String remote) {
      return true;
    }

    /// Somebody has gone, or was sent away by the transport, before it was in.
    ///
    /// @param why in words for a log
    default void gone(String remote, String why) {}
  }

  /// What becomes of an attempt to connect.
  interface Connecting {
    /// It succeeded.
    ///
    /// @return who is told of what happens on the stream
    ByteStreamListener connected(ByteStream stream);

    /// It failed. Called on any thread.
    ///
    /// @param why in words for a log
    void failed(String why);
  }

  /// Takes connections at an address.
  Listening listen(String address, Porter porter);

  /// Connects with an address. Does not wait.
  void connect(String address, Connecting then);

  /// Whether what is sent cannot be read or changed on its way, and both sides have shown
  /// certificates.
  boolean isSecure();

  /// Whether an address is of this machine only, and says so itself. Asks nobody and does not wait.
  boolean isLoopback(String address);

  /// Whether an address is all of a machine's, so that nobody can be told to connect with it. Asks
  /// nobody and does not wait.
  boolean isWildcard(String address);

  /// An address of a node as others are told it.
  ///
  /// @param address under which they reach it, perhaps with any port
  /// @param found where it listens, whose port is put in place of any
  String advertised(String address, String found);
}
