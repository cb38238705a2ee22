package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.testing.Loopback;
import java.util.List;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.InstallSnapshotRequest;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteResponse;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// D4: a leader speaks in the term that it was elected for, and a vote counts in its own.
class ElectionTest {
  private static final Address SELF = address("a");
  private static final Address OTHER = address("b");

  private final MatchingRaft raft = new MatchingRaft();
  private final Election election = new Election();
  private final Below below = new Below();

  private static Address address(String voter) {
    return ExtendedUUID.randomUUID(voter).put(RAFT.raft_id_key, Util.stringToBytes(voter));
  }

  @BeforeEach
  void elect() throws Exception {
    InMemoryLog log = new InMemoryLog();
    log.init("election", Map.of());
    raft.raftId("a").members(List.of("a", "b", "c")).log(log).synchronous(true).setAddress(SELF);
    raft.setDownProtocol(below);
    election.raft(raft).setAddress(SELF);
    election.setDownProtocol(below);
    raft.setLeaderAndTerm(SELF, 3);
    below.sent.clear();
  }

  @AfterEach
  void forget() throws Exception {
    raft.log().delete();
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

  /// What is before it is decided with it, and not by counting who has it.
  @Test
  void anOfficeBeginsWithACommandOfItsTerm() {
    assertThat(raft.lastAppended()).isOne();
    assertThat(raft.log().get(1).term()).isEqualTo(3);
    raft.setLeaderAndTerm(SELF, 5);
    assertThat(raft.log().get(2).term()).isEqualTo(5);
    raft.commitLogTo(1, true);
    assertThat(raft.commitIndex()).isZero();
    raft.commitLogTo(2, true);
    assertThat(raft.commitIndex()).isEqualTo(2);
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

  /// Who counts for the majority must count for who has the longest log too.
  @Test
  void whoIsGoneSinceHasNotVoted() {
    election.getVotes().reset(OTHER);
    see(OTHER, SELF);
    vote(3);
    assertThat(election.determineLeader()).isEqualTo(OTHER);
    see(SELF);
    assertThatThrownBy(election::determineLeader).hasMessageContaining("does not count");
  }

  @Test
  void whoIsGoneDoesNotLead() {
    see(OTHER, SELF);
    assertThat(election.isLeaderHere()).isTrue();
    see(SELF);
    assertThat(election.isLeaderHere()).isFalse();
    raft.setLeaderAndTerm(OTHER, 4);
    assertThat(election.isLeaderHere()).isFalse();
  }

  @Test
  void whoHasNoLeaderForLongCollectsVotes() {
    see(OTHER, SELF);
    raft.currentTerm(4);
    election.endSilence(0, 10);
    election.endSilence(20, 10);
    assertThat(election.isVotingThreadRunning()).isFalse();
    election.endSilence(21, 10);
    assertThat(election.isVotingThreadRunning()).isTrue();
    see(SELF);
    Loopback.until("the end", () -> !election.isVotingThreadRunning());
  }

  private void see(Address... members) {
    var _ = election.down(new Event(Event.VIEW_CHANGE, View.create(members[0], 1, members)));
  }

  private void vote(long term) {
    Message message = new EmptyMessage(SELF).setSrc(OTHER);
    var _ = election.up(message.putHeader(election.getId(), new VoteResponse(term, 0, 0)));
  }
}
