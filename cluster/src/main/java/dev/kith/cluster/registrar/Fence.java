package dev.kith.cluster.registrar;

import java.util.HashMap;
import java.util.Map;

/// Refuses those who do not know yet that they were replaced: remembers, for each lease, the
/// greatest token it has seen.
///
/// **Threading.** Any thread.
public final class Fence {
  private final Map<String, Long> greatest = new HashMap<>();

  /// Nothing was seen.
  public Fence() {}

  /// Whether whoever shows this lease may act: no later holder was seen.
  public synchronized boolean admits(Lease lease) {
    return greatest.merge(lease.name(), lease.token(), Math::max) == lease.token();
  }
}
