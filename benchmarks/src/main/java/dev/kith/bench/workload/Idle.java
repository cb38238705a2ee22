package dev.kith.bench.workload;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/// Processes that have handled one message and now wait for another, each held by an array of
/// references, as whoever wants to send to it would.
///
/// **Figure.** Bytes of heap a process, after a full collection. **Checked.** All have handled
/// their message.
public interface Idle extends Workload {

  /// Makes so many processes and has each handle a message.
  void fill(int processes) throws Exception;

  /// Ends them all and forgets them.
  void empty() throws Exception;

  @Override
  default Figures run(long processes) throws Exception {
    long before = heapInUse();
    fill(Math.toIntExact(processes));
    double each = (heapInUse() - before) / (double) processes;
    empty();
    return Figures.of(each);
  }

  private static long heapInUse() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc(); // what the first has found to be weakly held only
    return memory.getHeapMemoryUsage().getUsed();
  }
}
