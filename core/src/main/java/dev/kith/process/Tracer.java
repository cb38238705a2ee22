package dev.kith.process;

/// Is told what one process handles ([Node#trace]).
///
/// **Threading.** Called in the process, just before it handles the message: whatever time it takes
/// is the process's time. What it throws is logged.
@FunctionalInterface
public interface Tracer {
  /// The process is about to handle this.
  void handles(Pid process, Object message);
}
