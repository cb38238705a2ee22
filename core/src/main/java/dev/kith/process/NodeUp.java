package dev.kith.process;

import dev.kith.observe.SystemEvent;

/// Another node can be reached from now on. Comes before any signal from it (NOD-2).
///
/// @param node which one
/// @param incarnation which life of it
public record NodeUp(NodeName node, int incarnation) implements SystemEvent {}
