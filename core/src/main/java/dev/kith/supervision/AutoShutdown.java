package dev.kith.supervision;

/// Whether a supervisor ends when its significant children have done their work (SUP-9).
///
/// Only children that end by themselves and are not restarted count, not those that the supervisor
/// stops.
public enum AutoShutdown {
  /// It does not. It then has no significant children.
  NEVER,

  /// It ends, and stops the other children, when one significant child has ended.
  ANY_SIGNIFICANT,

  /// It ends when the last significant child that ran has ended.
  ALL_SIGNIFICANT
}
