package dev.kith.cluster;

import java.util.Objects;

/// Something that a process of another node does to this one, or to a process of it.
///
/// A process that has a name is known by it, however it was addressed: a pid or an alias is no way
/// around. The empty name is all processes that have none, or are dead.
///
/// Answers are not deeds: whoever was asked may answer.
public sealed interface Deed {

  /// It sends a message or a request.
  ///
  /// @param name the receiver's
  record Send(String name) implements Deed {
    public Send {
      Objects.requireNonNull(name);
    }
  }

  /// It links itself with a process, or monitors it.
  ///
  /// @param name the process's
  record Watch(String name) implements Deed {
    public Watch {
      Objects.requireNonNull(name);
    }
  }

  /// It sends an exit signal, which may be a kill.
  ///
  /// @param name the process's
  record Exit(String name) implements Deed {
    public Exit {
      Objects.requireNonNull(name);
    }
  }

  /// It starts a process here.
  ///
  /// @param blueprint what it is to be, by name
  record Spawn(String blueprint) implements Deed {
    public Spawn {
      Objects.requireNonNull(blueprint);
    }
  }

  /// It sends to all members that a group has here.
  ///
  /// @param scope the group's scope
  /// @param group the group
  record Broadcast(String scope, String group) implements Deed {
    public Broadcast {
      Objects.requireNonNull(scope);
      Objects.requireNonNull(group);
    }
  }

  /// A process of its own joins a group, as this node sees it. Names in the [AddressBook] are
  /// groups of the scope `kith.names`; every node has some that begin with `kith.`, which nobody
  /// needs.
  ///
  /// @param scope the group's scope
  /// @param group the group, or the name
  record Register(String scope, String group) implements Deed {
    public Register {
      Objects.requireNonNull(scope);
      Objects.requireNonNull(group);
    }
  }
}
