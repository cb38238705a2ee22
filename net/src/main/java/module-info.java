/// Netty's pipes.
@org.jspecify.annotations.NullMarked
module dev.kith.net {
  requires static org.jspecify;
  requires transitive dev.kith.wire;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.tcnative.classes.openssl; // named nowhere: Netty's handler looks for it
  requires io.netty.transport;
  requires java.naming; // reads names in certificates

  exports dev.kith.net;
}
