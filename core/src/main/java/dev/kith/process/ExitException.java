package dev.kith.process;

/// Thrown by a call that failed: the process that was asked died, did not answer in time, was
/// overloaded or was never there.
///
/// It is the only exception of this package that is meant to be caught. A process that does not
/// catch it crashes with it, as a failed `gen_server:call` ends its caller.
public final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Not serialised: reasons may hold what cannot be.
  private final transient ExitReason reason;

  /// A failure for this reason.
  public ExitException(ExitReason reason) {
    super(reason.toString(), reason instanceof ExitReason.Crashed(Throwable cause) ? cause : null);
    this.reason = reason;
  }

  /// Why the call failed.
  public ExitReason reason() {
    return reason;
  }
}
