package dev.kith.registrar.jgroups;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// A name server that knows one service, [#SERVICE], on this machine at these ports.
final class NameServer extends ChannelInitializer<DatagramChannel> implements AutoCloseable {
  static final String SERVICE = "_kith._tcp.test";

  private static final int TTL_SECONDS = 60;
  private static final byte[] HOST = {9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0};

  private final List<Integer> ports;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;

  NameServer(List<Integer> ports) {
    this.ports = List.copyOf(ports);
    this.channel =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(this)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  String address() {
    return "127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  protected void initChannel(DatagramChannel opened) {
    opened
        .pipeline()
        .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Answers());
  }

  /// Answers what it knows, and nothing else.
  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      DatagramDnsResponse response =
          new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.addRecord(DnsSection.QUESTION, question);
      if (question.type().equals(DnsRecordType.SRV) && question.name().equals(SERVICE + ".")) {
        for (int port : ports) {
          response.addRecord(DnsSection.ANSWER, record(question, service(port)));
        }
      }
      var _ = context.writeAndFlush(response);
    }

    private DefaultDnsRawRecord record(DnsQuestion question, ByteBuf data) {
      return new DefaultDnsRawRecord(question.name(), question.type(), TTL_SECONDS, data);
    }

    private ByteBuf service(int port) {
      return Unpooled.buffer().writeShort(0).writeShort(0).writeShort(port).writeBytes(HOST);
    }
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    var _ = group.shutdownGracefully();
  }
}
