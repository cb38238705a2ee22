package dev.kith.wire;

/// Who or what ended a pipe.
public enum Cause {
  /// The client said goodbye.
  PEER,
  /// [Pipe#close] was called.
  OWNER,
  /// The connection ended without a goodbye.
  LOST,
  /// The client was silent for too long.
  SILENT,
  /// The client broke the protocol or a limit on what it sends.
  VIOLATION,
  /// The client did not take what was sent to it.
  TOO_SLOW,
  /// The listener threw.
  FAULT,
  /// The server stops.
  STOPPING
}
