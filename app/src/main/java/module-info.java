import org.jspecify.annotations.NullMarked;

/// The `kith` command: wires everything together.
@NullMarked
module dev.kith.app {
  requires static org.jspecify;
  requires dev.kith.cluster;
  requires dev.kith.core;
  requires dev.kith.gateway;
  requires dev.kith.net;
  requires info.picocli;
  requires java.logging;
  requires java.management;
  requires jdk.jfr;
  requires jdk.management;

  opens dev.kith.app.chat to
      org.apache.fory.core,
      tools.jackson.databind;
  opens dev.kith.app to
      info.picocli;
}
