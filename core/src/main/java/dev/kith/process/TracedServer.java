package dev.kith.process;

/// Stands before a server while somebody traces it, so that one that nobody traces pays nothing.
final class TracedServer<M> implements Server<M> {
  final Server<M> server;
  final Tracers tracers = new Tracers();

  TracedServer(Server<M> server) {
    this.server = server;
  }

  @Override
  public void handle(Self<M> self, M message) throws Exception {
    tracers.tell(self.pid(), message);
    server.handle(self, message);
  }

  @Override
  public void terminate(Self<M> self, ExitReason reason) throws Exception {
    server.terminate(self, reason);
  }

  @Override
  public Object inspect() {
    return server.inspect();
  }
}
