/// The pipes between processes and the outside, without a socket in sight.
///
/// Whoever speaks to clients is written against these interfaces; `dev.kith.net` carries them over
/// Netty, and the simulated world carries them over nothing.
@org.jspecify.annotations.NullMarked
module dev.kith.wire {
  requires static org.jspecify;

  exports dev.kith.wire;
  exports dev.kith.wire.web;
}
