package dev.kith.process;

import java.util.function.Function;

/// An exit signal that became a message.
final class TrappedExit extends Mail {
  private final Exit exit;
  private final Function<? super Exit, ?> as;

  TrappedExit(Exit exit, Function<? super Exit, ?> as) {
    this.exit = exit;
    this.as = as;
  }

  @Override
  Object open() {
    return as.apply(exit);
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return exit;
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    // an exit signal to a process that ends is ignored (EXIT-2)
  }
}
