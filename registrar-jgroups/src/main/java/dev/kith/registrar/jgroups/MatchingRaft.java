package dev.kith.registrar.jgroups;

import org.jgroups.Message;
import org.jgroups.protocols.raft.Leader;
import org.jgroups.protocols.raft.Log;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.RaftImpl;
import org.jgroups.protocols.raft.Role;

/// JGroups' raft with followers that commit nothing but what matches their leader's log.
///
/// **Threading.** That of the protocol: one thread changes the log, any may change the role.
final class MatchingRaft extends RAFT {
  private volatile long ledTerm;

  /// The term of the message that is handled. The protocol's one thread.
  private long heardTerm;

  MatchingRaft() {
    setId(RAFT_ID); // by its class nobody knows it
    impl = new MatchingFollower(this);
  }

  /// As in [RAFT], whose own followers are made in private. A learner is a follower whose answers
  /// the leader does not count.
  @Override
  protected RAFT changeRole(Role role) {
    RaftImpl before = impl;
    RaftImpl after = role == Role.Leader ? new Leader(this) : new MatchingFollower(this);
    if (role == Role.Leader) {
      ledTerm = currentTerm();
    }
    if (!before.getClass().equals(after.getClass())) {
      before.destroy();
      after.init();
      impl = after;
      notifyRoleChangeListeners(role);
    }
    return this;
  }

  /// The last term that this node was elected for.
  long ledTerm() {
    return ledTerm;
  }

  @Override
  public void handleUpRequest(Message message, RaftHeader header) {
    heardTerm = header.currTerm();
    super.handleUpRequest(message, header);
  }

  /// The term of the message that is handled.
  long heardTerm() {
    return heardTerm;
  }

  /// Puts these at the end of the log, the first of them at this index, in place of what is there
  /// from that index on.
  void replaceFrom(long index, LogEntries entries) {
    if (index <= lastAppended()) {
      deleteAllLogEntriesStartingFrom(index);
    }
    append(index, entries);
    keepTerm();
  }

  /// A log takes the term of its last entry for the current one, which that may be older than; a
  /// node that started with it could vote twice in a term.
  void keepTerm() {
    Log log = log();
    if (log.currentTerm() < currentTerm()) {
      log.currentTerm(currentTerm());
    }
  }

  /// Applies what is not applied yet, to this index.
  void commitTo(long index) {
    commitLogTo(index, false);
  }
}
