package dev.kith.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// What is logged while this is open.
///
/// **Threading.** Any thread.
public final class LogLines implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Logger> loggers;
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /// Begins to listen.
  ///
  /// @param names of loggers; those below them are heard too
  public LogLines(String... names) {
    loggers = Stream.of(names).map(Logger::getLogger).toList();
    loggers.forEach(logger -> logger.addHandler(handler));
  }

  /// All of them so far.
  public List<String> all() {
    return List.copyOf(lines);
  }

  /// Those with these words.
  public List<String> with(String words) {
    return lines.stream().filter(line -> line.contains(words)).toList();
  }

  /// Begins anew.
  public void clear() {
    lines.clear();
  }

  /// Listens no more.
  @Override
  public void close() {
    loggers.forEach(logger -> logger.removeHandler(handler));
  }
}
