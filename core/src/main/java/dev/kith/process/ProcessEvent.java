package dev.kith.process;

import dev.kith.observe.SystemEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a node tells about its processes.
public sealed interface ProcessEvent extends SystemEvent {

  /// The process that it happened to.
  Pid pid();

  /// A process was started.
  ///
  /// @param pid the new process
  /// @param name its name, if it was started with one
  record Started(Pid pid, Optional<String> name) implements ProcessEvent {}

  /// A process has taken a name.
  ///
  /// @param pid the process
  /// @param name the name
  record Named(Pid pid, Name<?> name) implements ProcessEvent {
    public Named {
      Objects.requireNonNull(name);
    }
  }

  /// A process is about to give its name back, or has ended.
  ///
  /// @param pid the process
  /// @param name the name
  record Unnamed(Pid pid, Name<?> name) implements ProcessEvent {
    public Unnamed {
      Objects.requireNonNull(name);
    }
  }

  /// A process has ended; its names and groups are already free.
  ///
  /// @param pid the process
  /// @param reason why
  record Ended(Pid pid, ExitReason reason) implements ProcessEvent {}

  /// A process ended abnormally: the one report of its crash.
  ///
  /// @param pid the process
  /// @param name its name, if it had one
  /// @param ancestors who started it, who started that one, and so on, nearest first
  /// @param reason why it ended
  /// @param lastMessage the type of the message it was handling or handled last, if any
  record Crashed(
      Pid pid,
      Optional<String> name,
      List<String> ancestors,
      ExitReason reason,
      Optional<String> lastMessage)
      implements ProcessEvent {
    public Crashed {
      ancestors = List.copyOf(ancestors);
    }
  }

  /// What somebody who watches over a process decided after it ended: a supervisor's word on a
  /// crash.
  ///
  /// @param pid the process that ended
  /// @param by who decided
  /// @param decision in words: "restart", "give up", …
  record Decided(Pid pid, String by, String decision) implements ProcessEvent {}

  /// More messages wait in a mailbox than its node thinks usual.
  ///
  /// @param pid the process
  /// @param depth how many waited
  record LongMailbox(Pid pid, int depth) implements ProcessEvent {}

  /// A process neither answered a request in the turn that handled it nor kept the right to.
  ///
  /// @param pid the process
  /// @param request the type of the request
  record Unanswered(Pid pid, String request) implements ProcessEvent {}

  /// A process that was killed goes on running code that does not return: it can do no harm, but
  /// its thread is lost until it does.
  ///
  /// @param pid the process
  record BecameZombie(Pid pid) implements ProcessEvent {}
}
