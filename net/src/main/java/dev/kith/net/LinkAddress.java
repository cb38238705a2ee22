package dev.kith.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a node is reached: a host and a port, or a file on this machine.
sealed interface LinkAddress {
  /// What the address of a file begins with.
  String UNIX = "unix:";

  /// The address that this text is; empty if it is none.
  static Optional<LinkAddress> parse(String text) {
    return text.startsWith(UNIX) ? Unix.parse(text) : Tcp.parse(text);
  }

  /// For the system.
  SocketAddress socket();

  /// Makes what takes connections there.
  ChannelFactory<ServerChannel> doors();

  /// Makes what connects with it.
  ChannelFactory<Channel> channels();

  /// Whether it is of this machine only.
  boolean isLoopback();

  /// As text, when the system has chosen what was left open.
  String text(SocketAddress found);

  /// A host and a port.
  record Tcp(String host, InetSocketAddress socket) implements LinkAddress {
    private static final int PORT_MAX = 65_535;

    private static Optional<LinkAddress> parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon <= 0) {
        return Optional.empty();
      }
      String host = text.substring(0, colon);
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return port < 0 || port > PORT_MAX
            ? Optional.empty()
            : Optional.of(new Tcp(host, new InetSocketAddress(bare, port)));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }

    @Override
    public ChannelFactory<ServerChannel> doors() {
      return NioServerSocketChannel::new;
    }

    @Override
    public ChannelFactory<Channel> channels() {
      return NioSocketChannel::new;
    }

    @Override
    public boolean isLoopback() {
      return socket.getAddress() != null && socket.getAddress().isLoopbackAddress();
    }

    @Override
    public String text(SocketAddress found) {
      return host + ":" + ((InetSocketAddress) found).getPort();
    }
  }

  /// A file, for nodes of one machine: who may open it may connect.
  record Unix(Path file) implements LinkAddress {
    private static Optional<LinkAddress> parse(String text) {
      try {
        String path = text.substring(UNIX.length());
        return path.isEmpty() ? Optional.empty() : Optional.of(new Unix(Path.of(path)));
      } catch (InvalidPathException _) {
        return Optional.empty();
      }
    }

    @Override
    public SocketAddress socket() {
      return UnixDomainSocketAddress.of(file);
    }

    @Override
    public ChannelFactory<ServerChannel> doors() {
      return NioServerDomainSocketChannel::new;
    }

    @Override
    public ChannelFactory<Channel> channels() {
      return NioDomainSocketChannel::new;
    }

    @Override
    public boolean isLoopback() {
      return true;
    }

    @Override
    public String text(SocketAddress found) {
      return UNIX + file;
    }

    /// Takes away a file at which nobody listens any more; what ends without closing leaves one.
    void removeIfDead() {
      if (Files.exists(file) && !isAlive()) {
        remove();
      }
    }

    private boolean isAlive() {
      try (SocketChannel probe = SocketChannel.open(socket())) {
        return probe.isConnected();
      } catch (IOException _) {
        return false;
      }
    }

    void remove() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // listening there fails, and says why
      }
    }
  }
}
