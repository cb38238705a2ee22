package dev.kith.gateway;

import dev.kith.process.ProcessRef;
import dev.kith.wire.Pipe;

/// One session as its rooms know it.
///
/// @param id what it is called
/// @param process the process that handles its events
/// @param pipe how its client is reached
record Member(String id, ProcessRef<SessionMessage> process, Pipe pipe) {}
