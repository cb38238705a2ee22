package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// Something of a process that happens at a time: an entry of its [Agenda].
abstract class Due extends Mail {
  /// When, on the environment's clock. Changed only while it is on no agenda.
  long dueAt;

  /// Where it stands in the agenda; -1 if it is not in it. The agenda's.
  int agendaIndex = -1;

  Due(long dueAt) {
    this.dueAt = dueAt;
  }

  /// It is time.
  ///
  /// @return the message that its process gets now, or null
  abstract @Nullable Mail rings(Agenda agenda);
}
