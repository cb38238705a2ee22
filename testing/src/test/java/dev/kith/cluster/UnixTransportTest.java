package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.net.LinkTransport;
import dev.kith.wire.node.Transport.Listening;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// B3: Unix sockets are a transport.
class UnixTransportTest extends SocketTransportContract {
  private static @TempDir Path folder;
  private int files;

  UnixTransportTest() {
    super(LinkTransport.tcp(1), LinkTransport.tcp(1));
  }

  @Override
  protected String anywhere() {
    return "unix:" + folder.resolve(System.identityHashCode(this) + "-" + files++);
  }

  @Test
  void isOfThisMachineOnly() {
    assertThat(here().isLoopback(anywhere())).isTrue();
    assertThat(here().listen("unix:", _ -> null)).isInstanceOf(Listening.NotPossible.class);
  }

  /// Who ends without closing leaves its file.
  @Test
  void aFileThatWasLeftBehindIsInNobodysWay() throws IOException {
    Path file = folder.resolve("left-behind");
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(file));
    dead.close();
    assertThat(Files.exists(file)).isTrue();
    Listening listening = there().listen("unix:" + file, _ -> null);
    assertThat(listening).isInstanceOf(Listening.At.class);
    ((Listening.At) listening).door().close();
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void aFileThatIsNoSocketStays() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "important");
    assertStays(file);
    assertThat(file).hasContent("important");
  }

  @Test
  void aLinkStaysWithWhatItNames() throws IOException {
    Path file = Files.writeString(folder.resolve("named"), "important");
    assertStays(Files.createSymbolicLink(folder.resolve("link"), file));
    assertThat(file).hasContent("important");
  }

  private void assertStays(Path file) {
    Listening listening = there().listen("unix:" + file, _ -> null);
    assertThat(listening)
        .isEqualTo(new Listening.NotPossible(file + " is there and is not a socket"));
    assertThat(Files.exists(file)).isTrue();
  }
}
