package dev.kith.wire.node;

import dev.kith.process.ExitReason;

/// Exit reasons as bytes.
///
/// What was thrown does not travel as an object: its class's name, its words and where it was
/// thrown do, so that a report reads the same on another node.
final class Reasons {
  private static final int TEXT_MAX = 8_192;
  private static final int FRAMES_MAX = 64;

  private Reasons() {}

  static void write(ExitReason reason, Output out) {
    switch (reason) {
      case ExitReason.Normal() -> out.u8(0);
      case ExitReason.Shutdown(String detail) -> text(1, detail, out);
      case ExitReason.Kill() -> out.u8(2);
      case ExitReason.Killed() -> out.u8(3);
      case ExitReason.Crashed(Throwable cause) -> crash(cause, out);
      case ExitReason.NoProcess() -> out.u8(5);
      case ExitReason.NoConnection() -> out.u8(6);
      case ExitReason.Timeout() -> out.u8(7);
      case ExitReason.Overloaded() -> out.u8(8);
      case ExitReason.Deadlock(String cycle) -> text(9, cycle, out);
      case ExitReason.WrongProtocol(String detail) -> text(10, detail, out);
      case ExitReason.Custom(String what) -> text(11, what, out);
    }
  }

  private static void text(int tag, String text, Output out) {
    out.u8(tag);
    out.text(shortened(text));
  }

  /// Cut where it is too long, in the middle of no character.
  private static String shortened(String text) {
    int most = TEXT_MAX / 4;
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, most - 1)));
  }

  private static void crash(Throwable cause, Output out) {
    out.u8(4);
    StackTraceElement[] trace = cause.getStackTrace();
    out.text(shortened(described(cause)));
    int frames = Math.min(trace.length, FRAMES_MAX);
    out.var(frames);
    for (int i = 0; i < frames; i++) {
      out.text(shortened(trace[i].getClassName()));
      out.text(shortened(trace[i].getMethodName()));
      out.text(trace[i].getFileName() == null ? "" : shortened(trace[i].getFileName()));
      out.u32(trace[i].getLineNumber());
    }
  }

  /// A throwable is somebody's code.
  private static String described(Throwable cause) {
    try {
      return cause.toString();
    } catch (RuntimeException e) {
      return cause.getClass().getName();
    }
  }

  static ExitReason read(Input in) {
    int tag = in.u8();
    return switch (tag) {
      case 0 -> ExitReason.normal();
      case 1 -> shutdown(in.text(TEXT_MAX));
      case 2 -> ExitReason.kill();
      case 3 -> ExitReason.killed();
      case 4 -> new ExitReason.Crashed(new Elsewhere(in.text(TEXT_MAX), trace(in)));
      case 5 -> ExitReason.noProcess();
      case 6 -> ExitReason.noConnection();
      case 7 -> ExitReason.timeout();
      case 8 -> ExitReason.overloaded();
      case 9 -> new ExitReason.Deadlock(in.text(TEXT_MAX));
      case 10 -> new ExitReason.WrongProtocol(in.text(TEXT_MAX));
      case 11 -> new ExitReason.Custom(in.text(TEXT_MAX));
      default -> throw new Malformed("an exit reason of kind " + tag);
    };
  }

  private static ExitReason shutdown(String detail) {
    return detail.isEmpty() ? ExitReason.shutdown() : new ExitReason.Shutdown(detail);
  }

  private static StackTraceElement[] trace(Input in) {
    StackTraceElement[] trace = new StackTraceElement[in.var(FRAMES_MAX)];
    for (int i = 0; i < trace.length; i++) {
      String type = in.text(TEXT_MAX);
      String method = in.text(TEXT_MAX);
      String file = in.text(TEXT_MAX);
      trace[i] = new StackTraceElement(type, method, file.isEmpty() ? null : file, in.u32());
    }
    return trace;
  }

  /// What was thrown on another node.
  private static final class Elsewhere extends Throwable {
    private static final long serialVersionUID = 1;

    private final String words;

    Elsewhere(String words, StackTraceElement[] trace) {
      super(words, null, false, true);
      this.words = words;
      setStackTrace(trace);
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // a report names the class that was thrown
    public String toString() {
      return words;
    }
  }
}
