import org.jspecify.annotations.NullMarked;

/// Netty's pipes: TCP, HTTP and WebSocket.
@NullMarked
module dev.kith.net {
  requires static transitive org.jspecify;
  requires transitive dev.kith.wire;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
}
