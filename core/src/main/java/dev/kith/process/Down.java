package dev.kith.process;

/// A monitored process has ended, or was not there, or cannot be reached.
///
/// Exactly one comes for each monitor, unless it was cancelled (MON-1).
///
/// @param pid the process; one with serial 0 if a name was monitored that nobody held
/// @param reason why it ended, [ExitReason.NoProcess] or [ExitReason.NoConnection]
public record Down(Pid pid, ExitReason reason) {}
