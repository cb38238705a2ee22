package dev.kith.server;

import dev.kith.process.ExitReason;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import java.util.function.Supplier;

/// The code of a process that is in one state at a time, and for which a message means something
/// else in each.
///
/// After OTP's `gen_statem`. Each method that handles something returns a [Step]: where to go, for
/// how long to stay, and whether the message is for later.
///
/// {@snippet lang=java :
/// enum Door { OPEN, CLOSED, LOCKED }
///
/// return switch (door) {
///   case CLOSED -> Step.<Door, Message>to(OPEN).within(FIVE_SECONDS, new Shut());
///   case OPEN -> Step.to(CLOSED);
///   case LOCKED -> Step.<Door, Message>stay().postponed(); // handled again when it is unlocked
/// };
/// }
///
/// **Failure, threading.** As for a [dev.kith.process.Server], which it becomes ([#spec]).
///
/// @param <S> the states: an enum, or a sealed interface of records if they carry data. Compared with
///   `equals`: going to an equal state is staying.
/// @param <M> the messages
public interface StateMachine<S, M> {

  /// The first step: into the state that the machine begins in. Runs once, before the first
  /// message.
  ///
  /// @return a step that goes to a state
  Step<S, M> start(Self<M> self) throws Exception;

  /// Handles one message in a state.
  Step<S, M> handle(Self<M> self, S state, M message) throws Exception;

  /// Runs once when the process ends for any reason but a kill.
  default void terminate(Self<M> self, S state, ExitReason reason) throws Exception {}

  /// A picture of the state for people.
  default Object inspect(S state) {
    return state;
  }

  /// A process that runs a machine.
  static <S, M> ProcessSpec<M> spec(
      Class<M> protocol, Supplier<? extends StateMachine<S, M>> machine) {
    return ProcessSpec.server(protocol, () -> new MachineServer<>(machine.get()));
  }
}
