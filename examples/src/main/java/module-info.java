import org.jspecify.annotations.NullMarked;

/// Small whole programs, compiled and run by every check.
@NullMarked
module dev.kith.examples {
  requires static org.jspecify;
  requires dev.kith.cluster;
  requires dev.kith.core;
  requires dev.kith.gateway;
  requires dev.kith.net;

  opens dev.kith.examples to
      org.apache.fory.core;
}
