package dev.kith.process;

/// Carries a process that has begun to exit out of its code, to the runner.
///
/// An `Error`, so that `catch (Exception e)` does not stop it; and if `catch (Throwable t)` does,
/// the next call into the runtime throws it again and the process ends at the next boundary all the
/// same.
final class Unwind extends Error {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace to be wrong about
  static final Unwind INSTANCE = new Unwind();

  private Unwind() {
    super("the process has begun to exit", null, false, false);
  }
}
