package dev.kith.supervision;

import dev.kith.process.ExitReason;

/// Whether a child that ended by itself is restarted (SUP-4).
public enum Restart {
  /// Always.
  PERMANENT,

  /// If it failed: not if it was done ([ExitReason.Normal]) or stopped in good order
  /// ([ExitReason.Shutdown]).
  TRANSIENT,

  /// Never. Its supervisor forgets it when it ends, for whatever reason.
  TEMPORARY;

  /// Whether a child that ended for this reason is restarted.
  public boolean isDueAfter(ExitReason reason) {
    return switch (this) {
      case PERMANENT -> true;
      case TRANSIENT -> reason.isAbnormal();
      case TEMPORARY -> false;
    };
  }
}
