package dev.kith.bench.fjp;

import dev.kith.bench.workload.Idle;
import dev.kith.bench.workload.Tally;
import java.util.ArrayList;
import java.util.List;

/// Cells with nothing to do.
final class PoolIdle extends OnPool implements Idle {
  record Touch(Tally touched) {}

  private final List<Cell<Touch>> idlers = new ArrayList<>();

  @Override
  public void fill(int processes) throws Exception {
    Tally touched = new Tally(processes);
    for (int i = 0; i < processes; i++) {
      Cell<Touch> idler = new Idler();
      idler.send(new Touch(touched));
      idlers.add(idler);
    }
    touched.await();
  }

  @Override
  public void empty() {
    idlers.clear();
  }

  @SuppressWarnings("serial")
  private final class Idler extends Cell<Touch> {
    Idler() {
      super(pool);
    }

    @Override
    void handle(Touch touch) {
      touch.touched().count();
    }
  }
}
