package dev.kith.process;

import java.util.Objects;

/// Why a process ended, or why something that was asked of one failed.
///
/// The words are OTP's. [#isAbnormal()] draws the line that supervisors and crash reports use:
/// `Normal` and `Shutdown` are ends as planned, everything else is a failure.
public sealed interface ExitReason {

  /// The process was done.
  record Normal() implements ExitReason {
    @Override
    public String toString() {
      return "normal";
    }
  }

  /// The process was told to stop, or stopped in good order for a reason worth a word.
  ///
  /// @param detail why, or empty
  record Shutdown(String detail) implements ExitReason {
    @Override
    public String toString() {
      return detail.isEmpty() ? "shutdown" : "shutdown: " + detail;
    }
  }

  /// What is sent to end a process at once. It cannot be trapped; who is told of the end reads
  /// [Killed]. A process that *itself* exits with this reason passes it on unchanged, and then it
  /// can be trapped (EXIT-1).
  record Kill() implements ExitReason {
    @Override
    public String toString() {
      return "kill";
    }
  }

  /// The process was ended by a [Kill] signal.
  record Killed() implements ExitReason {
    @Override
    public String toString() {
      return "killed";
    }
  }

  /// Code of the process threw.
  ///
  /// @param cause what it threw
  record Crashed(Throwable cause) implements ExitReason {
    @Override
    public String toString() {
      return "crashed: " + cause;
    }
  }

  /// There was no such process when the signal arrived.
  record NoProcess() implements ExitReason {
    @Override
    public String toString() {
      return "no process";
    }
  }

  /// The connection to the process's node broke; the process may still live.
  record NoConnection() implements ExitReason {
    @Override
    public String toString() {
      return "no connection";
    }
  }

  /// An answer did not come within its deadline. The work may have been done all the same.
  record Timeout() implements ExitReason {
    @Override
    public String toString() {
      return "timeout";
    }
  }

  /// A mailbox was full: of the process that was asked, or the process's own when its limit says
  /// that it then ends ([MailboxLimit]).
  record Overloaded() implements ExitReason {
    @Override
    public String toString() {
      return "overloaded";
    }
  }

  /// A call would have waited for itself.
  ///
  /// @param cycle the processes that wait for each other, in order
  record Deadlock(String cycle) implements ExitReason {
    @Override
    public String toString() {
      return "deadlock: " + cycle;
    }
  }

  /// A message was not of the receiver's protocol.
  ///
  /// @param detail what came and what was expected
  record WrongProtocol(String detail) implements ExitReason {
    @Override
    public String toString() {
      return "wrong protocol: " + detail;
    }
  }

  /// A reason of the application's own.
  ///
  /// @param what in words
  record Custom(String what) implements ExitReason {
    public Custom {
      Objects.requireNonNull(what);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /// The one [Normal].
  static ExitReason normal() {
    return ExitReasons.NORMAL;
  }

  /// [Shutdown] without a detail.
  static ExitReason shutdown() {
    return ExitReasons.SHUTDOWN;
  }

  /// The one [Kill].
  static ExitReason kill() {
    return ExitReasons.KILL;
  }

  /// The one [Killed].
  static ExitReason killed() {
    return ExitReasons.KILLED;
  }

  /// The one [NoProcess].
  static ExitReason noProcess() {
    return ExitReasons.NO_PROCESS;
  }

  /// The one [NoConnection].
  static ExitReason noConnection() {
    return ExitReasons.NO_CONNECTION;
  }

  /// The one [Timeout].
  static ExitReason timeout() {
    return ExitReasons.TIMEOUT;
  }

  /// The one [Overloaded].
  static ExitReason overloaded() {
    return ExitReasons.OVERLOADED;
  }

  /// Whether this end is a failure: anything but `Normal` and `Shutdown`.
  default boolean isAbnormal() {
    return !(this instanceof Normal || this instanceof Shutdown);
  }
}
