package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// B3: whom nobody answers is not answered by itself.
class NotItselfTest {
  private final List<String> told = new ArrayList<>();

  private EmbeddedChannel connected(int ownPort, int port) {
    return new EmbeddedChannel(
        new NotItself(told::add),
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelActive(ChannelHandlerContext context) {
            told.add("connected");
          }
        }) {
      @Override
      protected SocketAddress localAddress0() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), ownPort);
      }

      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      }
    };
  }

  @Test
  void aConnectionWithItselfFails() {
    assertThat(connected(40_001, 40_001).isOpen()).isFalse();
    assertThat(told).singleElement().asString().contains("nobody listens");
  }

  @Test
  void anyOtherPasses() {
    assertThat(connected(40_002, 40_001).isOpen()).isTrue();
    assertThat(told).containsExactly("connected");
  }
}
