package dev.kith.process;

/// What a message can be sent to: a process, or a name that a process may hold, here or on another
/// node.
///
/// @param <M> the messages it takes
public sealed interface Address<M> permits ProcessRef, Name, RemoteName {}
