/// JGroups as a registrar.
@org.jspecify.annotations.NullMarked
module dev.kith.registrar.jgroups {
  requires transitive dev.kith.cluster;
  requires org.jgroups;
  requires org.jgroups.raft;
  requires static org.jspecify;

  exports dev.kith.registrar.jgroups;
}
