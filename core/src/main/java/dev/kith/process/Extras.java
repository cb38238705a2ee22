package dev.kith.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What only some processes have, kept apart so that a plain one stays small.
///
/// **Threading.** Belongs to the process, except where a field says otherwise.
final class Extras {
  private static final Logger LOG = System.getLogger("dev.kith.process");
  private static final VarHandle WIRE_BYTES;
  private static final VarHandle ATTACHMENTS;

  static {
    try {
      var lookup = MethodHandles.lookup();
      WIRE_BYTES = lookup.findVarHandle(Extras.class, "wireBytes", long.class);
      ATTACHMENTS = lookup.findVarHandle(Extras.class, "attachments", Attached.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final Attached CLOSED = new Attached(ended -> {}, null);

  final Links links = new Links();
  final Agenda agenda = new Agenda();

  /// The first of those who monitor this process.
  @Nullable Monitor watchers;

  /// Requests that the process has taken to answer later; swept when it has doubled.
  private @Nullable List<Ask<?>> taken;

  private int takenSweepAt = 8;

  /// Messages that the process has laid aside, oldest first.
  private @Nullable Deque<Retry> postponed;

  @Nullable Name<?> name;

  /// The entry that this process's own children share.
  @Nullable Lineage self;

  /// The parent is linked from the start, so that its exit ends a server.
  boolean bornLinked;

  @Nullable Function<? super Exit, ?> trap;

  /// What becomes of an exit signal of the parent; null if it is like any other.
  @Nullable Function<? super Exit, ?> parentTrap;

  /// Who waits to hear that the process is up.
  @Nullable Ask<StartResult<?>> starter;

  boolean readyDeferred;

  /// Messages are not handed out: somebody wants to look ([Node#suspend]), or a connection is
  /// crowded.
  boolean held;

  /// Whether connections may know it because of links. Written before they do, by anybody.
  volatile boolean tied;

  boolean paused;
  boolean ignoresStart;

  /// When the armed alarm rings; `Long.MAX_VALUE` if none is armed.
  private long armedAt = Long.MAX_VALUE;

  private Clock.@Nullable Alarm alarm;

  /// What the process waits for in a call. Written by it; read by others who look for cycles.
  volatile @Nullable Ask<?> waitingFor;

  /// Bytes from the wire that wait in the mailbox. Added by links, taken off by the process.
  private volatile long wireBytes;

  /// A stack that is closed when the process ends. Any thread pushes.
  private volatile @Nullable Attached attachments;

  private record Attached(Attachment attachment, @Nullable Attached next) {}

  /// Accounts for a message from the wire, unless it would be too much.
  boolean tryReserveWireBytes(int bytes, long limit) {
    long before = (long) WIRE_BYTES.getAndAdd(this, (long) bytes);
    if (before + bytes > limit) {
      releaseWireBytes(bytes);
      return false;
    }
    return true;
  }

  void reserveWireBytes(int bytes) {
    WIRE_BYTES.getAndAdd(this, (long) bytes);
  }

  void releaseWireBytes(int bytes) {
    WIRE_BYTES.getAndAdd(this, (long) -bytes);
  }

  long wireBytes() {
    return wireBytes;
  }

  /// Adds an attachment; false if the process has ended.
  boolean attach(Attachment attachment) {
    while (true) {
      Attached first = attachments;
      if (first == CLOSED) {
        return false;
      }
      if (ATTACHMENTS.compareAndSet(this, first, new Attached(attachment, first))) {
        return true;
      }
    }
  }

  /// The process ends: lets go of everything that is attached, newest first.
  void detachAll(Pid ended) {
    Attached first = (Attached) ATTACHMENTS.getAndSet(this, CLOSED);
    for (Attached at = first; at != null; at = at.next) {
      try {
        at.attachment.release(ended);
      } catch (Throwable thrown) {
        LOG.log(Level.ERROR, "what was attached to " + ended + " threw", thrown);
      }
    }
  }

  void take(Ask<?> ask) {
    if (taken == null) {
      taken = new ArrayList<>();
    }
    taken.add(ask);
    if (taken.size() >= takenSweepAt) {
      taken.removeIf(known -> !known.isOpen());
      takenSweepAt = Math.max(8, 2 * taken.size());
    }
  }

  void failTaken(ExitReason reason) {
    if (taken != null) {
      taken.forEach(ask -> ask.refuse(reason));
    }
  }

  void postpone(Mail mail) {
    if (postponed == null) {
      postponed = new ArrayDeque<>();
    }
    postponed.addLast(new Retry(mail));
  }

  /// Whether this, the message that is being handled, is the one laid aside last.
  boolean isPostponed(Mail mail) {
    return postponed != null && !postponed.isEmpty() && postponed.getLast().isOf(mail);
  }

  @Nullable Retry pollLastPostponed() {
    return postponed == null ? null : postponed.pollLast();
  }

  void watch(Monitor monitor) {
    Monitor first = watchers;
    monitor.after = first;
    monitor.kept = true;
    if (first != null) {
      first.before = monitor;
    }
    watchers = monitor;
  }

  void unwatch(Monitor monitor) {
    if (!monitor.kept) {
      return;
    }
    monitor.kept = false;
    if (monitor.before == null) {
      watchers = monitor.after;
    } else {
      monitor.before.after = monitor.after;
    }
    if (monitor.after != null) {
      monitor.after.before = monitor.before;
    }
    monitor.before = null;
    monitor.after = null;
  }

  /// Makes sure that a tick comes when the earliest entry of the agenda is due. An alarm that rings
  /// too early costs less than setting it anew for each entry, so it is only ever moved forward in
  /// time.
  void arm(Clock clock, Runnable tick) {
    long earliest = agenda.earliest();
    if (earliest >= armedAt) {
      return;
    }
    StackProbe.probe(); // an alarm that is armed by half never rings
    disarm();
    armedAt = earliest;
    alarm = clock.schedule(earliest, tick);
  }

  /// The alarm has rung.
  void rang() {
    armedAt = Long.MAX_VALUE;
    alarm = null;
  }

  void disarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    armedAt = Long.MAX_VALUE;
  }
}
