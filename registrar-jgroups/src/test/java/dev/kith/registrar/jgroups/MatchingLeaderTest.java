package dev.kith.registrar.jgroups;

import static dev.kith.registrar.jgroups.LoneRaft.SELF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.protocols.raft.AppendResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// D4: who lags behind is sent what is missing at once, and once.
class MatchingLeaderTest {
  private static final Address LAGGARD = LoneRaft.SECOND;
  private static final Address OTHER = LoneRaft.THIRD;

  private final LoneRaft lone;
  private final MatchingRaft raft;

  MatchingLeaderTest() throws Exception {
    lone = new LoneRaft("leader");
    raft = lone.raft;
  }

  @BeforeEach
  void lead() throws Exception {
    raft.synchronous(true).handleView(View.create(SELF, 1, SELF, LAGGARD, OTHER));
    raft.setLeaderAndTerm(SELF, 3);
    byte[] command = "command".getBytes(UTF_8);
    var _ = raft.setAsync(command, 0, command.length, null);
    hear(OTHER, 2);
    assertThat(raft.commitIndex()).isEqualTo(2);
    lone.sent.clear();
  }

  @AfterEach
  void forget() throws Exception {
    lone.forget();
  }

  private void hear(Address sender, long has) {
    AppendResult result = new AppendResult(AppendResult.Result.OK, has);
    raft.impl().handleAppendEntriesResponse(sender, 3, result.commitIndex(has));
  }

  @Test
  void whatIsMissingIsSentOnce() {
    hear(LAGGARD, 0);
    assertThat(lone.sent).singleElement().matches(sent -> LAGGARD.equals(sent.getDest()));
    hear(LAGGARD, 0);
    assertThat(lone.sent).hasSize(1);
    hear(LAGGARD, 1);
    assertThat(lone.sent).hasSize(2);
  }

  @Test
  void whoHasAllIsSentNothing() {
    hear(LAGGARD, 2);
    assertThat(lone.sent).noneMatch(sent -> LAGGARD.equals(sent.getDest()));
  }
}
