package dev.kith.process;

/// An alias of a process of another node.
///
/// @param node this node
/// @param pid whose alias it is
/// @param id its number there
record RemoteAlias<M>(Node node, Pid pid, long id) implements ProcessRef<M> {

  Route.Far route() {
    return new Route.Far(
        node.peers.of(pid.node()),
        pid.incarnation(),
        new NodeSignal.Target.ToAlias(pid.serial(), id));
  }

  @Override
  public void send(M message) {
    Route.Far way = route();
    way.peer().send(way.incarnation(), way.to(), message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RemoteAlias<?> that && pid.equals(that.pid) && id == that.id;
  }

  @Override
  public int hashCode() {
    return 31 * pid.hashCode() + Long.hashCode(id);
  }

  @Override
  public String toString() {
    return pid + "/" + id;
  }
}
