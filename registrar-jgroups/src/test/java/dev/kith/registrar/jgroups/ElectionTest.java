package dev.kith.registrar.jgroups;

import static dev.kith.registrar.jgroups.LoneRaft.SELF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.testing.Loopback;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.InstallSnapshotRequest;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// D4: a leader speaks in the term that it was elected for, and a vote counts in its own.
class ElectionTest {
  private static final Address OTHER = LoneRaft.SECOND;

  private final LoneRaft lone;
  private final MatchingRaft raft;
  private final Election election = new Election();

  ElectionTest() throws Exception {
    lone = new LoneRaft("election");
    raft = lone.raft;
  }

  @BeforeEach
  void elect() {
    raft.synchronous(true);
    election.raft(raft).setAddress(SELF);
    election.setDownProtocol(lone);
    raft.setLeaderAndTerm(SELF, 3);
    lone.sent.clear();
  }

  @AfterEach
  void forget() throws Exception {
    lone.forget();
  }

  private boolean passes(RaftHeader header) {
    lone.sent.clear();
    var _ = election.down(new EmptyMessage(OTHER).putHeader(raft.getId(), header));
    return !lone.sent.isEmpty();
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
    assertThat(lone.sent).hasSize(1);
    election.sendLeaderElectedMessage(SELF, 4);
    assertThat(lone.sent).hasSize(1);
    election.sendLeaderElectedMessage(OTHER, 4);
    assertThat(lone.sent).hasSize(2);
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
