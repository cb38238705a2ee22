package dev.kith.process;

/// The request behind an inspection.
record InspectionWork() implements Request<Inspection> {

  /// Collects what a process knows of itself, in the process.
  record Errand(Ask<Inspection> asker) implements Control.Errand.Work {
    @Override
    public void run(LocalProcess<?> process) {
      asker.answer(process.inspect());
    }

    @Override
    public void refused(ExitReason reason) {
      asker.refuse(reason);
    }
  }
}
