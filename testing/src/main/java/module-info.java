import org.jspecify.annotations.NullMarked;

/// The simulated world: one seed drives clock, order and chance of a node under test.
@NullMarked
module dev.kith.testing {
  requires static transitive org.jspecify;
  requires transitive dev.kith.cluster;
  requires transitive dev.kith.core;
  requires transitive dev.kith.wire;
  requires transitive org.junit.jupiter.api;
  requires io.netty.pkitesting;
  requires java.logging;

  exports dev.kith.testing;
}
