import org.jspecify.annotations.NullMarked;

/// Sessions, rooms and named events: how a browser becomes a process.
@NullMarked
@SuppressWarnings("module") // the codec is there only where nodes are connected
module dev.kith.gateway {
  requires static transitive org.jspecify;
  requires transitive dev.kith.core;
  requires transitive dev.kith.wire;
  requires tools.jackson.databind;

  exports dev.kith.gateway;

  opens dev.kith.gateway to
      org.apache.fory.core,
      tools.jackson.databind;
}
