package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Transport.Listening;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// B3: a link to a host by its name.
class LookupTest {
  private static final long PATIENCE_SECONDS = 20;

  /// Where the host with the slow name is, when that is known.
  private final CompletableFuture<InetAddress> slow =
      new CompletableFuture<InetAddress>().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);

  private final LinkTransport transport = new LinkTransport(1, null, this::find);

  /// What became of attempts to connect, in words.
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

  private InetAddress find(String host) throws UnknownHostException {
    if (host.equals("slow")) {
      return slow.join();
    }
    if (host.equals("nobody")) {
      throw new UnknownHostException(host + ": no such name");
    }
    return InetAddress.getByName(host);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Transport.Connecting telling(String name) {
    return new Transport.Connecting() {
      @Override
      public ByteStreamListener connected(ByteStream stream) {
        news.add(name + " is connected");
        return ByteStreamListener.deaf();
      }

      @Override
      public void failed(String why) {
        news.add(name + " has failed: " + why);
      }
    };
  }

  private String next() throws InterruptedException {
    return String.valueOf(news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  private int listen() {
    Listening listening = transport.listen("127.0.0.1:0", _ -> ByteStreamListener.deaf());
    String address = ((Listening.At) listening).address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /// Neither who connects waits for it, nor the loop of other links.
  @Test
  void aNameThatTakesLongHoldsUpNobodyElse() throws InterruptedException {
    int port = listen();
    transport.connect("slow:" + port, telling("slow"));
    transport.connect("127.0.0.1:" + port, telling("other"));
    assertThat(next()).isEqualTo("other is connected");
    slow.complete(InetAddress.getLoopbackAddress());
    assertThat(next()).isEqualTo("slow is connected");
  }

  @Test
  void aNameThatNobodyKnowsIsToldAsSuch() throws InterruptedException {
    transport.connect("nobody:1", telling("it"));
    assertThat(next()).isEqualTo("it has failed: unknown host nobody: no such name");
    assertThat(transport.listen("nobody:1", _ -> ByteStreamListener.deaf()))
        .isEqualTo(new Listening.NotPossible("unknown host nobody: no such name"));
  }

  /// Who has asked is told, whatever has become of the transport.
  @Test
  void aNameThatIsFoundTooLateIsAFailure() throws InterruptedException {
    transport.connect("slow:1", telling("slow"));
    transport.close();
    slow.complete(InetAddress.getLoopbackAddress());
    assertThat(next()).isEqualTo("slow has failed: the transport is closed");
  }
}
