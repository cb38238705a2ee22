package dev.kith.supervision;

/// How many children a supervisor has (SUP-10).
///
/// @param specs all that it knows, running or not
/// @param active those that run
/// @param supervisors of all, those that are supervisors
/// @param workers of all, those that are workers
public record ChildCounts(int specs, int active, int supervisors, int workers) {}
