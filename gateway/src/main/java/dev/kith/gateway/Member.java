package dev.kith.gateway;

import dev.kith.wire.Pipe;

/// One session as its rooms know it.
///
/// @param session its id
/// @param pipe how it is reached
record Member(String session, Pipe pipe) {}
