package dev.kith.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Predicate;

/// Where a node is reached: a host and a port, or a file on this machine.
sealed interface LinkAddress {
  /// What the address of a file begins with.
  String UNIX = "unix:";

  /// How the address of a host is found by its name.
  @FunctionalInterface
  interface Lookup {
    /// Waits as long as that takes.
    InetAddress find(String host) throws UnknownHostException;
  }

  /// The address that this text is; empty if it is none.
  static Optional<LinkAddress> parse(String text) {
    return text.startsWith(UNIX) ? Unix.parse(text) : Tcp.parse(text);
  }

  /// For the system. A host's name is looked up, which waits.
  ///
  /// @throws UnknownHostException if nobody knows the name, in words for a log
  SocketAddress socket(Lookup names) throws UnknownHostException;

  /// Makes what takes connections there.
  ChannelFactory<ServerChannel> doors();

  /// Makes what connects with it.
  ChannelFactory<Channel> channels();

  /// Whether it is of this machine only, as far as it says so itself: nobody is asked what a name
  /// means.
  boolean isLoopback();

  /// Whether it is every address of a machine.
  boolean isWildcard();

  /// With the port of another if it is open here, as text.
  String withPortOf(LinkAddress other);

  /// As text, when the system has chosen what was left open.
  String text(SocketAddress found);

  /// A host and a port.
  ///
  /// @param host as it was written: a name or an address, in brackets or not
  record Tcp(String host, int port) implements LinkAddress {
    private static final int PORT_MAX = 65_535;

    private static Optional<LinkAddress> parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon <= 0) {
        return Optional.empty();
      }
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        return port < 0 || port > PORT_MAX
            ? Optional.empty()
            : Optional.of(new Tcp(text.substring(0, colon), port));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }

    @Override
    public InetSocketAddress socket(Lookup names) throws UnknownHostException {
      try {
        return new InetSocketAddress(names.find(host), port);
      } catch (UnknownHostException unknown) {
        throw new UnknownHostException("unknown host " + unknown.getMessage());
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
      return host.equalsIgnoreCase("localhost") || is(InetAddress::isLoopbackAddress);
    }

    @Override
    public boolean isWildcard() {
      return is(InetAddress::isAnyLocalAddress);
    }

    private boolean is(Predicate<InetAddress> what) {
      try {
        return what.test(InetAddress.ofLiteral(host));
      } catch (IllegalArgumentException _) {
        return false; // a name
      }
    }

    @Override
    public String withPortOf(LinkAddress other) {
      return host + ":" + (port == 0 && other instanceof Tcp tcp ? tcp.port : port);
    }

    @Override
    public String text(SocketAddress found) {
      return host + ":" + ((InetSocketAddress) found).getPort();
    }
  }

  /// A file, for nodes of one machine: who may open it may connect.
  record Unix(Path file) implements LinkAddress {
    /// The bits of a file's mode that say what it is, and what they are for a socket (`inode(7)`).
    private static final int FILE_TYPE = 0xF000;

    private static final int SOCKET = 0xC000;

    private static Optional<LinkAddress> parse(String text) {
      try {
        String path = text.substring(UNIX.length());
        return path.isEmpty() ? Optional.empty() : Optional.of(new Unix(Path.of(path)));
      } catch (InvalidPathException _) {
        return Optional.empty();
      }
    }

    @Override
    public SocketAddress socket(Lookup names) {
      return socket();
    }

    private SocketAddress socket() {
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
    public boolean isWildcard() {
      return false;
    }

    @Override
    public String withPortOf(LinkAddress other) {
      return UNIX + file;
    }

    @Override
    public String text(SocketAddress found) {
      return UNIX + file;
    }

    /// Takes away a socket at which nobody listens any more; what ends without closing leaves one.
    /// Whatever else is there stays.
    ///
    /// @return what is in the way, if it is not another listener
    Optional<String> removeIfDead() {
      try {
        if (!isSocket()) {
          return Optional.of(file + " is there and is not a socket");
        }
        if (isDead()) {
          Files.deleteIfExists(file);
        }
        return Optional.empty();
      } catch (NoSuchFileException _) {
        return Optional.empty();
      } catch (IOException unknown) {
        return Optional.of("whether " + file + " is in use cannot be told: " + unknown);
      }
    }

    private boolean isSocket() throws IOException {
      if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & FILE_TYPE) == SOCKET;
      }
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther();
    }

    private boolean isDead() throws IOException {
      try (SocketChannel probe = SocketChannel.open(socket())) {
        return !probe.isConnected();
      } catch (ConnectException _) {
        return true;
      }
    }

    /// Takes away the socket of this process's own.
    void remove() {
      try {
        if (isSocket()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException _) {
        // whoever listens there next meets a dead socket, or none
      }
    }
  }
}
