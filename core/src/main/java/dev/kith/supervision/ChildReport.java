package dev.kith.supervision;

import dev.kith.process.Pid;

/// What a supervisor says of one child (SUP-10).
///
/// @param id what the supervisor knows it by
/// @param status how it is
/// @param type what it is
/// @param crashes how often it has ended abnormally without being told to, since its spec is known
public record ChildReport(String id, Status status, ChildType type, int crashes) {

  /// How a child is.
  public sealed interface Status {}

  /// It runs; or it has ended, and the supervisor has not yet come to it.
  ///
  /// @param child its process
  public record Running(Pid child) implements Status {}

  /// It is on its way up.
  ///
  /// @param child its process
  public record Starting(Pid child) implements Status {}

  /// It ended, and will be started again.
  public record Restarting() implements Status {}

  /// It does not run.
  public record Stopped() implements Status {}
}
