package dev.kith.process;

/// Watches one process for a thread outside.
record ExitWatch() implements Request<ExitReason> {

  static ProcessSpec<Down> spec(ProcessRef<?> process, Ask<ExitReason> watch) {
    return ProcessSpec.server(Down.class, () -> new Watcher(process, watch));
  }

  private record Watcher(ProcessRef<?> process, Ask<ExitReason> watch) implements Server<Down> {
    @Override
    public void started(Self<Down> self) {
      self.monitor(process, down -> down);
    }

    @Override
    public void handle(Self<Down> self, Down down) {
      watch.reply(down.reason());
      self.exit(ExitReason.normal());
    }
  }
}
