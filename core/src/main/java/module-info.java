import org.jspecify.annotations.NullMarked;

/// What a process is, and everything that one node does with processes.
@NullMarked
module dev.kith.core {
  requires static java.management;
  requires static jdk.jfr;
  requires static jdk.management;
  requires static transitive org.jspecify;

  exports dev.kith.group;
  exports dev.kith.observe;
  exports dev.kith.process;
  exports dev.kith.server;
  exports dev.kith.supervision;
}
