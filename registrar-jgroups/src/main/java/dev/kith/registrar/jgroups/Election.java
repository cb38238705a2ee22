package dev.kith.registrar.jgroups;

import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.ELECTION;
import org.jgroups.protocols.raft.InstallSnapshotRequest;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.election.VoteResponse;
import org.jspecify.annotations.Nullable;

/*
 * In jgroups-raft 1.1.4 the thread that sends a leader's entries asks for the term as it writes each message, and
 * other threads change the term and the role. So one that has just lost its office stamps its entries with the term of
 * its successor, and while there is no successor yet, everybody takes it for one. And a vote that comes late is
 * counted in the next round, for which nobody gave it.
 */
/// JGroups' election, with terms that mean what raft's paper says: a leader speaks in the term that
/// it was elected for, and a vote counts in the term that it was given in.
///
/// **Threading.** That of the protocol: any thread.
final class Election extends ELECTION {
  Election() {
    setId(ELECTION_ID); // by its class nobody knows it
  }

  /// Whatever the protocol above says comes through here.
  @Override
  public @Nullable Object down(Message message) {
    RaftHeader header = message.getHeader(raft.getId());
    boolean isLeaders =
        header instanceof AppendEntriesRequest || header instanceof InstallSnapshotRequest;
    return isLeaders && !isElectedFor(header.currTerm()) ? null : super.down(message);
  }

  @Override
  protected void sendLeaderElectedMessage(Address leader, long term) {
    if (!leader.equals(getAddress()) || isElectedFor(term)) {
      super.sendLeaderElectedMessage(leader, term);
    }
  }

  private boolean isElectedFor(long term) {
    return ((MatchingRaft) raft).ledTerm() == term;
  }

  @Override
  protected void handleMessage(Message message, RaftHeader header) {
    if (!(header instanceof VoteResponse) || header.currTerm() == raft.currentTerm()) {
      super.handleMessage(message, header);
    }
  }
}
