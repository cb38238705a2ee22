package dev.kith.process;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// Tells the flight recorder of turns that held a worker so long that a spare took its place.
///
/// The event is `dev.kith.LongTurn`. Where the module `jdk.jfr` is missing nothing is told.
final class LongTurns {
  private static final boolean POSSIBLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private LongTurns() {}

  /// A turn is over at last.
  ///
  /// @param millis how long it took, about
  static void report(LocalProcess<?> process, int millis) {
    if (POSSIBLE) {
      LongTurn.commit(process, millis);
    }
  }

  @Name("dev.kith.LongTurn")
  @Label("Long Turn")
  @Category("Kith")
  @Description("A process held a worker so long that a spare took its place")
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // read by the flight recorder
  private static final class LongTurn extends Event {
    @Label("Process")
    private final String process;

    @Label("Last Message")
    private final String message;

    @Label("Length")
    @Description("To about a millisecond")
    @Timespan(Timespan.MILLISECONDS)
    private final long length;

    private LongTurn(String process, String message, long length) {
      this.process = process;
      this.message = message;
      this.length = length;
    }

    static void commit(LocalProcess<?> process, int millis) {
      LongTurn event = new LongTurn(process.toString(), process.lastMessage().orElse(""), millis);
      event.commit();
    }
  }
}
