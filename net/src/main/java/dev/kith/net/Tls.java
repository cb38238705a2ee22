package dev.kith.net;

import dev.kith.wire.node.CertificateFiles;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The certificates of a node: what it shows, and whom it believes.
///
/// Both sides show a certificate, and each must be signed by an authority that the other trusts;
/// whether a node's name must be in it is for who listens to say
/// ([dev.kith.wire.node.ByteStream#certifiedNames]). TLS 1.3 only.
///
/// BoringSSL does the work where its native library runs, the JDK where not: the same on the wire,
/// at a third of the speed (`docs/performance.md`).
public final class Tls {
  private static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(10);

  /// TLS's own farewell waits so long for a reader that has stopped.
  private static final Duration FAREWELL_WITHIN = Duration.ofMillis(500);

  private static final String PROTOCOL = "TLSv1.3";

  /// Kinds of alternative names (RFC 5280, `GeneralName`): e-mail addresses and hosts.
  private static final Set<Integer> ALTERNATIVES = Set.of(1, 2);

  /// Whose code does the work.
  public enum Engine {
    /// BoringSSL, a native library.
    BORINGSSL(SslProvider.OPENSSL),
    /// The JDK's own.
    JDK(SslProvider.JDK);

    private final SslProvider provider;

    Engine(SslProvider provider) {
      this.provider = provider;
    }

    /// The fastest that runs on this machine.
    public static Engine fastest() {
      return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)
          ? BORINGSSL
          : JDK;
    }
  }

  private final SslContext asServer;
  private final SslContext asClient;

  private Tls(SslContext asServer, SslContext asClient) {
    this.asServer = asServer;
    this.asClient = asClient;
  }

  /// For the fastest engine.
  ///
  /// @throws IllegalArgumentException if one of the files cannot be read, with the words of what is
  ///   wrong
  public static Tls of(CertificateFiles files) {
    return of(files, Engine.fastest());
  }

  /// For this engine.
  ///
  /// @throws IllegalArgumentException if one of the files cannot be read, with the words of what is
  ///   wrong
  public static Tls of(CertificateFiles files, Engine engine) {
    File chain = files.chain().toFile();
    File key = files.key().toFile();
    File trusted = files.trusted().toFile();
    try {
      return new Tls(
          SslContextBuilder.forServer(chain, key)
              .trustManager(trusted)
              .clientAuth(ClientAuth.REQUIRE)
              .sslProvider(engine.provider)
              .protocols(PROTOCOL)
              .build(),
          SslContextBuilder.forClient()
              .keyManager(chain, key)
              .trustManager(trusted)
              .endpointIdentificationAlgorithm(null)
              .sslProvider(engine.provider)
              .protocols(PROTOCOL)
              .build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(files + ": " + e.getMessage(), e);
    }
  }

  SslHandler handler(ByteBufAllocator allocator, boolean isServer) {
    SslHandler handler = (isServer ? asServer : asClient).newHandler(allocator);
    handler.setHandshakeTimeoutMillis(HANDSHAKE_WITHIN.toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL_WITHIN.toMillis());
    return handler;
  }

  /// The names in the certificate that the other side has shown: the subject's common names, and
  /// alternative names that are hosts or e-mail addresses.
  static Set<String> certifiedNames(Channel channel) {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    try {
      return handler.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? names(shown)
          : Set.of();
    } catch (SSLPeerUnverifiedException | CertificateParsingException | InvalidNameException _) {
      return Set.of();
    }
  }

  private static Set<String> names(X509Certificate certificate)
      throws CertificateParsingException, InvalidNameException {
    Set<String> names = new HashSet<>();
    for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
      if (part.getType().equalsIgnoreCase("CN")) {
        names.add(String.valueOf(part.getValue()));
      }
    }
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
      if (ALTERNATIVES.contains(name.getFirst())) {
        names.add(String.valueOf(name.getLast()));
      }
    }
    return Set.copyOf(names);
  }
}
