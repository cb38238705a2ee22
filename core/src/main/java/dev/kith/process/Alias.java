package dev.kith.process;

/// A second, revocable address of a process, with a protocol of its own.
///
/// What is sent to it is turned into one of the owner's messages when the owner comes to handle it,
/// on the owner's turn. Once cancelled, what is sent to it or still queued through it is dropped
/// and counted (SIG-7).
///
/// @param <E> the messages that the alias takes
public interface Alias<E> extends ProcessRef<E>, Cancel {}
