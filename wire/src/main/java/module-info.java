/// The pipes between processes and the outside, and between nodes, without a socket in sight.
///
/// Whoever speaks to clients or to other nodes is written against these interfaces; `dev.kith.net`
/// carries them over Netty, and the simulated world carries them over nothing.
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // lz4-java has no descriptor of its own
module dev.kith.wire {
  requires static org.jspecify;
  requires transitive dev.kith.core;
  requires org.lz4.java;

  exports dev.kith.wire;
  exports dev.kith.wire.node;
  exports dev.kith.wire.web;
}
