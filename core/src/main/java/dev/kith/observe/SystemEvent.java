package dev.kith.observe;

/// Something the runtime tells whoever listens: a process ended, a mailbox grew long, a supervisor
/// restarted a child, a room was joined.
///
/// Each part of Kith publishes records of its own; the interface is open for applications too.
public interface SystemEvent {}
