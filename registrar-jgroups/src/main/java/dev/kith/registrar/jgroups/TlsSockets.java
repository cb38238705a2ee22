package dev.kith.registrar.jgroups;

import dev.kith.wire.node.CertificateFiles;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;

/*
 * JGroups 5.5 holds a lock for an address while it connects there, which with TLS waits for whoever accepts on the
 * other side; and whoever accepts wants the lock for where the connection comes from. Three that connect in a ring
 * would wait for each other for ever: its handshake has no deadline. So sockets have one here, until they have shaken
 * hands.
 */
/// Sockets that speak TLS, on which both sides show a certificate as on links.
final class TlsSockets {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final int HANDSHAKE_MILLIS = 2_000;

  private TlsSockets() {}

  /// @throws IllegalArgumentException if a file cannot be read
  static SocketFactory of(CertificateFiles files) {
    DefaultSocketFactory sockets = new DefaultSocketFactory(context(files));
    sockets.setSocketConfigurator(TlsSockets::limit);
    sockets.setServerSocketConfigurator(socket -> {
      SSLServerSocket accepting = (SSLServerSocket) socket;
      accepting.setEnabledProtocols(PROTOCOLS);
      accepting.setNeedClientAuth(true);
    });
    return sockets;
  }

  private static SSLContext context(CertificateFiles files) {
    try {
      SslContext context =
          SslContextBuilder.forServer(files.chain().toFile(), files.key().toFile())
              .trustManager(files.trusted().toFile())
              .sslProvider(SslProvider.JDK)
              .build();
      return ((JdkSslContext) context).context();
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(files + ": " + e.getMessage(), e);
    }
  }

  private static void limit(Socket socket) {
    ((SSLSocket) socket).addHandshakeCompletedListener(_ -> waits(socket, 0));
    waits(socket, HANDSHAKE_MILLIS);
  }

  private static void waits(Socket socket, int millis) {
    try {
      socket.setSoTimeout(millis);
    } catch (SocketException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
