package dev.kith.process;

/// Something that belongs to a process and goes with it: its places in groups, its subscriptions.
@FunctionalInterface
public interface Attachment {

  /// The process has ended. Runs after its `terminate` and before anybody is told of the end
  /// (SIG-6), on the thread that ends it; must not block; what it throws is logged.
  void release(Pid ended);
}
