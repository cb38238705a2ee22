/// Nodes that find each other, and signals between them.
@org.jspecify.annotations.NullMarked
module dev.kith.cluster {
  requires static org.jspecify;
  requires transitive dev.kith.core;
  requires transitive dev.kith.wire;
  requires com.dynatrace.hash4j;
  requires org.apache.fory.core;
  requires com.fasterxml.jackson.annotation;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.cbor;

  uses dev.kith.cluster.RegistrarProvider;

  provides dev.kith.cluster.RegistrarProvider with
      dev.kith.cluster.LocalProvider;

  exports dev.kith.cluster;
  exports dev.kith.cluster.codec;
  exports dev.kith.cluster.registrar;
}
