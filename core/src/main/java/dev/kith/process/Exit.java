package dev.kith.process;

/// An exit signal that was trapped ([Self#trapExits]).
///
/// @param pid who sent it: the linked process that ended, or who asked for the exit
/// @param reason the reason in the signal
public record Exit(Pid pid, ExitReason reason) {}
