package dev.kith.process;

import static dev.kith.process.Checks.check;

import java.util.Objects;

/// What a node is like.
///
/// @param name its name
/// @param environment the world it lives in
/// @param crashReports whether crashes are logged
/// @param longMailbox from how many waiting messages on a mailbox is reported as long
public record NodeSpec(
    NodeName name, Environment environment, CrashReports crashReports, int longMailbox) {
  private static final int LONG_MAILBOX_DEFAULT = 10_000;

  /// What happens to the report of a crash, beside the event.
  public enum CrashReports {
    /// It is written to the log, with what a supervisor decided.
    LOGGED,
    /// Nothing.
    SILENT
  }

  public NodeSpec {
    Objects.requireNonNull(name);
    Objects.requireNonNull(environment);
    Objects.requireNonNull(crashReports);
    check(longMailbox > 0, "a long mailbox has at least one message, not %d", longMailbox);
  }

  /// A node in the real world that logs crashes and reports mailboxes of 10,000 messages.
  public static NodeSpec of(NodeName name) {
    return new NodeSpec(name, Environment.real(), CrashReports.LOGGED, LONG_MAILBOX_DEFAULT);
  }

  /// The same in another world.
  public NodeSpec withEnvironment(Environment other) {
    return new NodeSpec(name, other, crashReports, longMailbox);
  }

  /// The same with crash reports logged or not.
  public NodeSpec withCrashReports(CrashReports other) {
    return new NodeSpec(name, environment, other, longMailbox);
  }

  /// The same with another threshold for long mailboxes.
  public NodeSpec withLongMailbox(int messages) {
    return new NodeSpec(name, environment, crashReports, messages);
  }
}
