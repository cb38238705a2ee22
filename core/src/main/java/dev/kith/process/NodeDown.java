package dev.kith.process;

import dev.kith.observe.SystemEvent;

/// Another node can no longer be reached. Comes after everything that came from it (NOD-2).
///
/// @param node which one
/// @param incarnation which life of it
/// @param reason in words, for a log
public record NodeDown(NodeName node, int incarnation, String reason) implements SystemEvent {}
