package dev.kith.cluster.registrar;

import dev.kith.cluster.registrar.Registry.Command;
import java.time.Duration;
import java.util.function.Consumer;

/// The log behind a [Registry], seen from one node: puts commands into one order for all, and
/// applies them to this node's copy.
///
/// **Ordering.** A command's result comes after its changes were followed here. **Threading.** Any
/// thread; `then` and followers are called one at a time.
public interface RegistryLog extends AutoCloseable {
  /// Has a command applied everywhere; [Attempt.Unknown] if that is not known in time.
  void submit(Command command, Duration within, Consumer<? super Attempt<?>> then);

  /// Tells of all that is so, as if it had just become so, and of all changes from then on. There
  /// is one follower.
  void follow(Consumer<? super Change> each);

  /// What is being waited for while there is no answer, in words.
  String holdup();

  /// Ends it for this node.
  @Override
  void close();
}
