package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// Something of a process that happens at a time: an entry of its [Agenda].
interface Due {
  /// When, on the environment's clock.
  long dueAt();

  /// It is time.
  ///
  /// @return the message that its process gets now, or null
  @Nullable Mail rings(Agenda agenda);

  /// Where it stands in the agenda; -1 if it is not in it.
  int agendaIndex();

  /// Set by the agenda alone.
  void agendaIndex(int index);
}
