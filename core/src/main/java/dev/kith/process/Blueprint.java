package dev.kith.process;

import java.util.Objects;
import java.util.function.Function;

/// How to make a server from arguments: what dynamic supervisors, remote spawns and launchers
/// start.
///
/// A blueprint is a constant of the program, known by its name; only the arguments vary and travel.
///
/// **Limits.** Its name has up to 1,024 bytes of UTF-8.
///
/// @param name what it is known by, unique within the program
/// @param arguments the type of its arguments
/// @param protocol the type of its messages
/// @param factory makes the server, inside the new process
/// @param <A> the arguments
/// @param <M> the messages
public record Blueprint<A, M>(
    String name,
    Class<A> arguments,
    Class<M> protocol,
    Function<? super A, ? extends Server<M>> factory) {

  public Blueprint {
    Checks.check(!name.isEmpty(), "a blueprint has a name");
    NodeSignal.requireName("blueprint", name);
    Objects.requireNonNull(arguments);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(factory);
  }

  /// The blueprint with these parts.
  public static <A, M> Blueprint<A, M> of(
      String name,
      Class<A> arguments,
      Class<M> protocol,
      Function<? super A, ? extends Server<M>> factory) {
    return new Blueprint<>(name, arguments, protocol, factory);
  }
}
