package dev.kith.net;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs code that is not ours on a loop that belongs to everybody: listeners, routes, endpoints,
/// posted tasks. Whatever they throw, stack overflows and lack of memory included, stops here.
final class Foreign {
  private Foreign() {}

  static void run(Runnable code, Consumer<Throwable> otherwise) {
    try {
      code.run();
    } catch (Throwable thrown) {
      otherwise.accept(thrown);
    }
  }

  static <T> T call(Supplier<T> code, Function<Throwable, T> otherwise) {
    try {
      return code.get();
    } catch (Throwable thrown) {
      return otherwise.apply(thrown);
    }
  }
}
