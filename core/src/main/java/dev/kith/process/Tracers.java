package dev.kith.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/// Those who trace one process.
///
/// **Threading.** Belongs to the process.
final class Tracers {
  private static final Logger LOG = System.getLogger("dev.kith.process");

  private final List<Tracer> all = new ArrayList<>();

  void add(Tracer tracer) {
    all.add(tracer);
  }

  void remove(Tracer tracer) {
    all.remove(tracer);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Runs as the process's own code.
  void tell(Pid process, Object message) {
    for (Tracer tracer : all) {
      try {
        tracer.handles(process, message);
      } catch (Exception thrown) {
        LOG.log(Level.ERROR, "a tracer of " + process + " threw", thrown);
      }
    }
  }
}
