package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.InstallSnapshotRequest;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteResponse;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// D4: a leader speaks in the term that it was elected for, and a vote counts in its own.
class ElectionTest {
  private static final Address SELF = new UUID(0, 1);
  private static final Address OTHER = new UUID(0, 2);

  private final MatchingRaft raft = new MatchingRaft();
  private final Election election = new Election();
  private final Below below = new Below();

  @BeforeEach
  void elect() {
    raft.raftId("a").members(List.of("a", "b", "c")).log(new InMemoryLog()).setAddress(SELF);
    election.raft(raft).setAddress(SELF);
    election.setDownProtocol(below);
    raft.setLeaderAndTerm(SELF, 3);
  }

  private boolean passes(RaftHeader header) {
    below.sent.clear();
    var _ = election.down(new EmptyMessage(OTHER).putHeader(raft.getId(), header));
    return !below.sent.isEmpty();
  }

  private static RaftHeader entries(long term) {
    return new AppendEntriesRequest(SELF, term, 0, 0, term, 0);
  }

  @Test
  void aLeaderSpeaksInItsTerm() {
    assertThat(passes(entries(3))).isTrue();
    raft.currentTerm(4);
    assertThat(passes(entries(4))).isFalse();
    assertThat(passes(new InstallSnapshotRequest(4))).isFalse();
    raft.setLeaderAndTerm(SELF, 5);
    assertThat(passes(entries(5))).isTrue();
    assertThat(passes(entries(4))).isFalse();
  }

  @Test
  void aLeaderSaysThatItWasElectedInItsTerm() {
    election.sendLeaderElectedMessage(SELF, 3);
    assertThat(below.sent).hasSize(1);
    election.sendLeaderElectedMessage(SELF, 4);
    assertThat(below.sent).hasSize(1);
    election.sendLeaderElectedMessage(OTHER, 4);
    assertThat(below.sent).hasSize(2);
  }

  @Test
  void aVoteCountsInItsTerm() {
    election.getVotes().reset(OTHER);
    raft.currentTerm(4);
    vote(3);
    assertThat(election.getVotes().numberOfValidResponses()).isZero();
    vote(4);
    assertThat(election.getVotes().numberOfValidResponses()).isOne();
  }

  private void vote(long term) {
    Message message = new EmptyMessage(SELF).setSrc(OTHER);
    var _ = election.up(message.putHeader(election.getId(), new VoteResponse(term, 0, 0)));
  }
}
