package dev.kith.process;

/// Takes back a timer, a monitor, a subscription or an asynchronous request.
///
/// **Threading.** Only the process that was given it may cancel, from its own turn.
public interface Cancel {

  /// Takes it back. Afterwards nothing of it reaches the process, not even what was already queued.
  ///
  /// @return whether this was in time: false if the message was already handled or cancelled
  boolean cancel();
}
