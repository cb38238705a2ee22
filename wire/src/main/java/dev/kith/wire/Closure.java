package dev.kith.wire;

import java.util.Objects;

/// How a pipe ended.
///
/// @param cause who ended it
/// @param code the code sent or received; [CloseCode#ABNORMAL] when there was none to send
/// @param reason words for a log; may be empty
public record Closure(Cause cause, CloseCode code, String reason) {
  /// A closure must name all three.
  public Closure {
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(reason, "reason");
  }
}
