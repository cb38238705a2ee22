package dev.kith.process;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a reference in a message is on the wire: enough for any node to make one that means the
/// same. [Node#describe] makes it, [Node#resolve] turns it back.
public sealed interface Reference {

  /// A process.
  ///
  /// @param pid which one
  record OfProcess(Pid pid) implements Reference {
    public OfProcess {
      Objects.requireNonNull(pid);
    }
  }

  /// An alias of a process.
  ///
  /// @param pid whose
  /// @param id its number on that process's node
  record OfAlias(Pid pid, long id) implements Reference {
    public OfAlias {
      Objects.requireNonNull(pid);
    }
  }

  /// The right to answer a request.
  ///
  /// @param asker the node on which it was asked
  /// @param incarnation which life of that node
  /// @param id the request's number there
  record OfReply(NodeName asker, int incarnation, long id) implements Reference {
    public OfReply {
      Objects.requireNonNull(asker);
    }
  }

  /// The classes of all references: what a codec must be able to write.
  static List<Class<?>> classes() {
    return List.of(
        ServerProcess.class,
        BodyProcess.class,
        Tombstone.class,
        RemoteProcess.class,
        GoneRef.class,
        AliasRef.class,
        RemoteAlias.class,
        Ask.class,
        Ask.Outside.class,
        IncomingAsk.class,
        RemoteReply.class,
        NobodyWaits.class);
  }

  /// The common type of a class of references, [ProcessRef] or [ReplyTo]; empty for other classes.
  static Optional<Class<?>> kindOf(Class<?> type) {
    if (ProcessRef.class.isAssignableFrom(type)) {
      return Optional.of(ProcessRef.class);
    }
    return ReplyTo.class.isAssignableFrom(type) ? Optional.of(ReplyTo.class) : Optional.empty();
  }
}
