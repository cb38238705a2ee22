import org.jspecify.annotations.NullMarked;

/// Sessions, rooms and named events: how a browser becomes a process.
@NullMarked
module dev.kith.gateway {
  requires static transitive org.jspecify;
  requires transitive dev.kith.core;
  requires transitive dev.kith.wire;
  requires tools.jackson.databind;

  exports dev.kith.gateway;

  opens dev.kith.gateway to
      tools.jackson.databind;
}
