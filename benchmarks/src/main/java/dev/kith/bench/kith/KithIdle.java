package dev.kith.bench.kith;

import dev.kith.bench.workload.Idle;
import dev.kith.bench.workload.Tally;
import dev.kith.process.ExitReason;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.ArrayList;
import java.util.List;

/// Servers with nothing to do.
final class KithIdle extends OnNode implements Idle {
  record Touch(Tally touched) {}

  private static final ProcessSpec<Touch> SPEC = ProcessSpec.server(Touch.class, Idler::new);

  private final List<ProcessRef<Touch>> idlers = new ArrayList<>();

  @Override
  public void fill(int processes) throws Exception {
    Tally touched = new Tally(processes);
    for (int i = 0; i < processes; i++) {
      ProcessRef<Touch> idler = node.spawn(SPEC);
      idler.send(new Touch(touched));
      idlers.add(idler);
    }
    touched.await();
  }

  @Override
  public void empty() throws Exception {
    Tally ended = new Tally(idlers.size());
    for (ProcessRef<Touch> idler : idlers) {
      node.attach(idler, _ -> ended.count());
      node.exit(idler, ExitReason.shutdown());
    }
    idlers.clear();
    ended.await();
  }

  private static final class Idler implements Server<Touch> {
    @Override
    public void handle(Self<Touch> self, Touch touch) {
      touch.touched().count();
    }
  }
}
