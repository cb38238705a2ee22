package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// D4: who lags behind is sent what is missing at once, and once.
class MatchingLeaderTest {
  private static final Address SELF = address("a");
  private static final Address LAGGARD = address("b");
  private static final Address OTHER = address("c");

  private final MatchingRaft raft = new MatchingRaft();
  private final Below below = new Below();

  private static Address address(String voter) {
    return ExtendedUUID.randomUUID(voter).put(RAFT.raft_id_key, Util.stringToBytes(voter));
  }

  @BeforeEach
  void lead() throws Exception {
    InMemoryLog log = new InMemoryLog();
    log.init("leader", Map.of());
    raft.raftId("a").members(List.of("a", "b", "c")).log(log).synchronous(true).setAddress(SELF);
    raft.setDownProtocol(below);
    raft.handleView(View.create(SELF, 1, SELF, LAGGARD, OTHER));
    raft.setLeaderAndTerm(SELF, 3);
    byte[] command = "command".getBytes(UTF_8);
    var _ = raft.setAsync(command, 0, command.length, null);
    hear(OTHER, 2);
    assertThat(raft.commitIndex()).isEqualTo(2);
    below.sent.clear();
  }

  @AfterEach
  void forget() throws Exception {
    raft.log().delete();
  }

  private void hear(Address sender, long has) {
    AppendResult result = new AppendResult(AppendResult.Result.OK, has);
    raft.impl().handleAppendEntriesResponse(sender, 3, result.commitIndex(has));
  }

  @Test
  void whatIsMissingIsSentOnce() {
    hear(LAGGARD, 0);
    assertThat(below.sent).singleElement().matches(sent -> LAGGARD.equals(sent.getDest()));
    hear(LAGGARD, 0);
    assertThat(below.sent).hasSize(1);
    hear(LAGGARD, 1);
    assertThat(below.sent).hasSize(2);
  }

  @Test
  void whoHasAllIsSentNothing() {
    hear(LAGGARD, 2);
    assertThat(below.sent).noneMatch(sent -> LAGGARD.equals(sent.getDest()));
  }
}
