package dev.kith.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Writes one report a crash to the log: who, why, and what was decided.
///
/// A crash and the decision about it are two events of two processes, so either may come first. The
/// report of a process that somebody started waits a moment for the decision; that of one without
/// ancestors has nobody to wait for. A decision that comes first is kept for the report.
final class CrashReporter implements Server<CrashReporter.Message> {
  private static final Logger LOG = System.getLogger("dev.kith.process");
  private static final Duration DECISION_WITHIN = Duration.ofMillis(500);

  /// Reports that may wait at a time; with more, the oldest is written without a decision.
  private static final int PENDING_MAX = 1_000;

  /// Decisions that may wait for their crash; with more, the oldest is forgotten.
  private static final int EARLY_MAX = 1_000;

  /// What a node reports of crashes may be lost in a storm, so its mailbox is small.
  private static final int MAILBOX = 10_000;

  sealed interface Message {}

  record Crashed(ProcessEvent.Crashed report) implements Message {}

  record Decided(ProcessEvent.Decided decision) implements Message {}

  record Undecided(Pid pid) implements Message {}

  private final LinkedHashMap<Pid, ProcessEvent.Crashed> pending = new LinkedHashMap<>();
  private final LinkedHashMap<Pid, ProcessEvent.Decided> early = new LinkedHashMap<>();

  static ProcessSpec<Message> spec() {
    return ProcessSpec.server(Message.class, CrashReporter::new)
        .withMailbox(MailboxLimit.ofMessages(MAILBOX));
  }

  @Override
  public void started(Self<Message> self) {
    self.subscribe(ProcessEvent.Crashed.class, Crashed::new);
    self.subscribe(ProcessEvent.Decided.class, Decided::new);
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Crashed(ProcessEvent.Crashed report) -> crashed(self, report);
      case Decided(ProcessEvent.Decided decision) -> decided(decision);
      case Undecided(Pid pid) -> {
        ProcessEvent.Crashed report = pending.remove(pid);
        if (report != null) {
          write(report, null);
        }
      }
    }
  }

  @Override
  public void terminate(Self<Message> self, ExitReason reason) {
    pending.values().forEach(report -> write(report, null));
  }

  private void crashed(Self<Message> self, ProcessEvent.Crashed report) {
    ProcessEvent.@Nullable Decided decision = early.remove(report.pid());
    if (decision != null || report.ancestors().isEmpty()) {
      write(report, decision);
      return;
    }
    if (pending.size() >= PENDING_MAX) {
      ProcessEvent.Crashed oldest = pending.pollFirstEntry().getValue();
      write(oldest, null);
    }
    pending.put(report.pid(), report);
    self.sendAfter(DECISION_WITHIN, new Undecided(report.pid()));
  }

  private void decided(ProcessEvent.Decided decision) {
    ProcessEvent.Crashed report = pending.remove(decision.pid());
    if (report != null) {
      write(report, decision);
      return;
    }
    if (early.size() >= EARLY_MAX) {
      early.pollFirstEntry();
    }
    early.put(decision.pid(), decision);
  }

  private static void write(ProcessEvent.Crashed report, ProcessEvent.@Nullable Decided decision) {
    if (!LOG.isLoggable(Level.ERROR)) {
      return;
    }
    StringBuilder text = new StringBuilder("process ");
    report.name().ifPresent(text::append);
    text.append(report.pid()).append(" ended: ").append(report.reason());
    report.lastMessage().ifPresent(type -> text.append("; last message ").append(type));
    if (!report.ancestors().isEmpty()) {
      text.append("; started by ").append(String.join(" < ", report.ancestors()));
    }
    if (decision != null) {
      text.append("; ").append(decision.by()).append(": ").append(decision.decision());
    }
    if (report.reason() instanceof ExitReason.Crashed(Throwable cause)) {
      LOG.log(Level.ERROR, text.toString(), cause);
    } else {
      LOG.log(Level.ERROR, text.toString());
    }
  }
}
