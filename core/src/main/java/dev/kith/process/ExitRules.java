package dev.kith.process;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an exit signal does to the process it arrives at: section 3 of the semantics, and CALL-7.
///
/// **Threading.** In the receiver, as everything that a signal does.
final class ExitRules {
  private ExitRules() {}

  /// Whether an untrapped `normal` ends the process.
  private enum Normals {
    COUNT,
    PASS
  }

  /// An exit signal that was not sent by a link.
  static @Nullable Mail requested(LocalProcess<?> receiver, Pid from, ExitReason reason) {
    if (receiver.ending() != null) {
      return null;
    }
    if (reason instanceof ExitReason.Kill) {
      receiver.die(ExitReason.killed());
      return null;
    }
    boolean own = from.equals(receiver.pid());
    return exits(receiver, from, reason, own ? Normals.COUNT : Normals.PASS);
  }

  /// A linked process has ended.
  static @Nullable Mail linkedEnded(LocalProcess<?> receiver, LocalProcess<?> peer) {
    if (failedToStart(peer, receiver)) {
      receiver.extras().links.forget(peer);
      return null;
    }
    return linkLost(receiver, peer, peer.exitReason());
  }

  /// Whether a process ended before it was up and this one, who started it, was told so.
  private static boolean failedToStart(LocalProcess<?> process, LocalProcess<?> starter) {
    Ask<StartResult<?>> asked = process.extras().starter;
    return asked != null && asked.asker == starter;
  }

  /// A link is gone, for this reason.
  static @Nullable Mail linkLost(LocalProcess<?> receiver, Party peer, ExitReason reason) {
    Links links = receiver.extras().links;
    Link link = links.find(peer);
    if (link == null || !link.isActive()) {
      return null;
    }
    links.remove(link);
    return receiver.ending() != null ? null : exits(receiver, peer.pid(), reason, Normals.PASS);
  }

  private static @Nullable Mail exits(
      LocalProcess<?> receiver, Pid from, ExitReason reason, Normals normals) {
    Extras own = receiver.extras();
    boolean ofParent = isParent(receiver, from);
    if (ofParent && own.parentTrap != null) {
      return new TrappedExit(new Exit(from, reason), own.parentTrap);
    }
    Function<? super Exit, ?> trap = own.trap;
    if (trap != null && !(ofParent && endsWithParent(receiver))) {
      return new TrappedExit(new Exit(from, reason), trap);
    }
    boolean passes = reason instanceof ExitReason.Normal && normals == Normals.PASS;
    if (!passes || trap != null) {
      receiver.die(reason);
    }
    return null;
  }

  /// Whether this is who started the process linked; if nobody did, the world outside is.
  private static boolean isParent(LocalProcess<?> receiver, Pid from) {
    Lineage parent = receiver.isBornLinked() ? receiver.parent : null;
    return parent == null ? from.serial() == 0 : parent.pid().equals(from);
  }

  /// Whether an exit of its parent ends the process even if it traps exits (CALL-7).
  private static boolean endsWithParent(LocalProcess<?> receiver) {
    return receiver instanceof ServerProcess && receiver.isBornLinked();
  }
}
