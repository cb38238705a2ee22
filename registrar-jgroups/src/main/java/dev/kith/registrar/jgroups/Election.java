package dev.kith.registrar.jgroups;

import java.util.Map;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.InstallSnapshotRequest;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteRequest;
import org.jgroups.protocols.raft.election.VoteResponse;
import org.jgroups.raft.util.Utils;
import org.jspecify.annotations.Nullable;

/*
 * In jgroups-raft 1.1.4 the thread that sends a leader's entries asks for the term as it writes each message, and
 * other threads change the term and the role. So one that has just lost its office stamps its entries with the term of
 * its successor, and while there is no successor yet, everybody takes it for one. A vote that comes late is counted in
 * the next round, for which nobody gave it. One that was given by a node that is gone since counts for the majority,
 * but not for who has the longest log. And a voter says what it has while another thread changes it.
 *
 * A node that has been in a later term than all others, because it collected votes while it was cut off, hears nothing
 * that they say, and they do not hear that: JGroups answers no message of an earlier term. Raft's leader would, and
 * step down. So whoever has no leader for long, though a majority is there, collects votes itself.
 */
/// JGroups' election, with terms and votes that mean what raft's paper says.
///
/// **Threading.** That of the protocol: any thread.
final class Election extends ELECTION {
  private static final long NEVER = Long.MIN_VALUE;

  /// Since when there is no leader though there could be one. One thread at a time.
  private long leaderlessSince = NEVER;

  Election() {
    setId(ELECTION_ID); // by its class nobody knows it
  }

  // What a leader says

  /// Whatever the protocol above says comes through here.
  @Override
  public @Nullable Object down(Message message) {
    RaftHeader header = message.getHeader(raft.getId());
    boolean isLeaders =
        header instanceof AppendEntriesRequest || header instanceof InstallSnapshotRequest;
    return isLeaders && !log().isElectedFor(header.currTerm()) ? null : super.down(message);
  }

  @Override
  protected void sendLeaderElectedMessage(@Nullable Address leader, long term) {
    if (!getAddress().equals(leader) || log().isElectedFor(term)) {
      super.sendLeaderElectedMessage(leader, term);
    }
  }

  private MatchingRaft log() {
    return (MatchingRaft) raft;
  }

  // Votes

  @Override
  protected void handleMessage(Message message, RaftHeader header) {
    if (header instanceof VoteRequest) {
      log().inTurn(() -> super.handleMessage(message, header));
    } else if (!(header instanceof VoteResponse) || header.currTerm() == raft.currentTerm()) {
      super.handleMessage(message, header);
    }
  }

  /// Whoever votes can be chosen, or the round begins anew.
  @Override
  protected Address determineLeader() {
    Address leader = super.determineLeader();
    View now = view;
    for (Map.Entry<Address, VoteResponse> vote : getVotes().getResults().entrySet()) {
      VoteResponse given = vote.getValue();
      if (given != null
          && (given.currTerm() != raft.currentTerm() || !now.containsMember(vote.getKey()))) {
        throw new IllegalStateException("the vote of " + vote.getKey() + " does not count");
      }
    }
    return leader;
  }

  /// Collects votes if there was no leader for this time, though a majority is there. To be called
  /// from time to time.
  void endSilence(long now, long patience) {
    if (isLeaderHere() || isVotingThreadRunning() || !isMajorityOfVotersHere()) {
      leaderlessSince = NEVER;
    } else if (leaderlessSince == NEVER) {
      leaderlessSince = now;
    } else if (now - leaderlessSince > patience * (1 + view.getMembers().indexOf(getAddress()))) {
      leaderlessSince = NEVER;
      var _ = startVotingThread();
    }
  }

  /// Whether there is a leader, and in the view: what one said that is gone may be heard after it
  /// went.
  boolean isLeaderHere() {
    Address leader = raft.leader();
    View here = view;
    return leader != null && here != null && here.containsMember(leader);
  }

  private boolean isMajorityOfVotersHere() {
    View here = view;
    return here != null
        && here.getMembers().stream().filter(this::isVoter).count() >= raft.majority();
  }

  private boolean isVoter(Address member) {
    return raft.members().contains(Utils.extractRaftId(member));
  }
}
