package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// The end of a process as others see it: everybody is told, in the order of JVM-2.
///
/// **Threading.** Once, by whoever claimed the process: itself, or the reaper in its place.
final class Burial {
  private Burial() {}

  /// Most processes have no extras, and are not given any to die.
  static void bury(LocalProcess<?> process) {
    ExitReason reason = process.exitReason();
    Extras known = process.extrasIfAny();
    if (known != null) {
      release(process, known);
    }
    process.retire();
    refuseAll(process, reason);
    Extras own = process.extrasIfAny(); // the last signals may have made them, or an attachment
    if (own != null) {
      release(process, own);
      tell(process, own, reason);
    }
    process.node.ended(process, reason);
  }

  private static void release(LocalProcess<?> process, Extras own) {
    if (own.name != null) {
      process.node.names.release(own.name, process);
    }
    if (own.tied) {
      process.node.peers.untie(process);
    }
    own.detachAll(process.pid());
  }

  private static void tell(LocalProcess<?> process, Extras own, ExitReason reason) {
    for (Retry last = own.pollLastPostponed(); last != null; last = own.pollLastPostponed()) {
      last.refuse(process, reason);
    }
    own.failTaken(reason);
    reportStart(own, reason);
    own.links.forEach(Link::tellPeer);
    tellWatchers(own, reason);
    own.disarm();
  }

  private static void refuseAll(LocalProcess<?> process, ExitReason reason) {
    if (process.current instanceof Ask<?> ask && ask.isOwed()) {
      ask.refuse(reason);
    }
    process.refuseAside(reason);
    for (Mail mail = process.pollKept(); mail != null; mail = process.pollKept()) {
      mail.refuse(process, reason);
    }
  }

  private static void reportStart(Extras own, ExitReason reason) {
    Ask<StartResult<?>> starter = own.starter;
    if (starter != null) {
      starter.answer(
          own.ignoresStart ? new StartResult.Ignored<>() : new StartResult.Failed<>(reason));
    }
  }

  private static void tellWatchers(Extras own, ExitReason reason) {
    @Nullable Monitor at = own.watchers;
    while (at != null) {
      Monitor following = at.after;
      at.fire(reason);
      at = following;
    }
    own.watchers = null;
  }
}
