package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// D4: a voter that was killed comes back in the term in which it has voted.
class StableLogTest {
  private static final LogEntry OLD = new LogEntry(3, "old".getBytes(UTF_8));

  @TempDir private Path folder;

  private StableLog open() throws Exception {
    StableLog log = new StableLog();
    log.init(folder.resolve("log").toString(), Map.of());
    return log;
  }

  @Test
  void itsTermNeverGoesBack() throws Exception {
    try (StableLog log = open()) {
      log.currentTerm(7);
      log.append(1, LogEntries.create(OLD, OLD));
      assertThat(log.currentTerm()).isEqualTo(7);
      log.deleteAllEntriesStartingFrom(2);
      assertThat(log.currentTerm()).isEqualTo(7);
      log.currentTerm(6);
      log.reinitializeTo(9, OLD);
      assertThat(log.currentTerm()).isEqualTo(7);
    }
    try (StableLog log = open()) {
      assertThat(log.currentTerm()).isEqualTo(7);
    }
  }

  @Test
  void anEmptySnapshotIsNone() throws Exception {
    try (StableLog log = open()) {
      assertThat(log.getSnapshot()).isNull();
      log.setSnapshot(ByteBuffer.wrap("state".getBytes(UTF_8)));
    }
    try (StableLog log = open()) {
      assertThat(log.getSnapshot()).isEqualTo(ByteBuffer.wrap("state".getBytes(UTF_8)));
    }
  }
}
