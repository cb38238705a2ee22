package dev.kith.registrar.jgroups;

import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.protocols.raft.AppendEntriesResponse;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.AppendResult.Result;
import org.jgroups.protocols.raft.Follower;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jspecify.annotations.Nullable;

/*
 * A leader that stood still, or was cut off, comes back with entries that nobody else has; whoever leads now has others
 * at their places. JGroups' own follower (jgroups-raft 1.1.4) hears "committed to 110" and commits its own entries to
 * 110; it answers "I have all to 115" when 115 is an entry of its own, and the leader counts that as a vote; and it
 * compares no more than the first of several entries. Any of these makes a copy of its own that never agrees again.
 *
 * The paper on raft (Ongaro and Ousterhout 2014, figure 2) has a follower commit to the least of the leader's commit
 * index and the last entry that the leader has sent. Here that is a number: to `matched` this log is the leader's.
 * Nothing is committed beyond it, and every answer is it, so that the leader goes on from there, whatever it sent. It
 * starts at what is committed with each term, since then there is another leader.
 */
/// What a node does with entries of a leader's log.
///
/// **Threading.** The protocol's one thread.
final class MatchingFollower extends Follower {
  private final MatchingRaft log;
  private long term;
  private long matched;

  MatchingFollower(MatchingRaft log) {
    super(log);
    this.log = log;
  }

  /// @param previous the index of the entry before these
  /// @param ofPrevious its term
  /// @param ofFirst the term of the first of these
  /// @param committed to where the leader has committed
  @Override
  public AppendResult handleAppendEntriesRequest(
      @Nullable LogEntries entries,
      Address leader,
      long previous,
      long ofPrevious,
      long ofFirst,
      long committed) {
    if (log.trySetLeaderAndTerm(leader, log.heardTerm()) < 0) {
      return decided(); // the term has advanced since the protocol looked
    }
    startTerm();
    if (entries != null && previous + entries.size() > matched && has(previous, ofPrevious)) {
      match(entries, previous);
    }
    log.commitTo(Math.min(committed, matched));
    return log.currentTerm() == term ? new AppendResult(Result.OK, matched) : decided();
  }

  /// Says no more than what is true in any term.
  private AppendResult decided() {
    return new AppendResult(Result.OK, log.commitIndex());
  }

  private void startTerm() {
    if (log.heardTerm() != term) {
      term = log.heardTerm();
      matched = 0;
    }
    matched = Math.max(matched, log.commitIndex());
  }

  private boolean has(long index, long ofTerm) {
    if (index <= matched) {
      return true;
    }
    LogEntry here = index > log.lastAppended() ? null : log.log().get(index);
    return here != null && here.term() == ofTerm;
  }

  /// Takes what is not here yet; with the first that differs, all behind it goes.
  private void match(LogEntries entries, long previous) {
    LogEntries missing = new LogEntries();
    long index = previous;
    for (LogEntry entry : entries) {
      index++;
      if (missing.size() > 0 || !has(index, entry.term())) {
        missing.add(entry);
      }
    }
    if (missing.size() > 0) {
      log.replaceFrom(index - missing.size() + 1, missing);
    }
    matched = index;
  }

  /// One that is sent again while it is on its way would take this copy back in time, and what has
  /// been acknowledged behind it with it.
  @Override
  public void handleInstallSnapshotRequest(
      Message message, Address leader, long lastIndex, long lastTerm) {
    startTerm();
    if (has(lastIndex, lastTerm)) {
      matched = Math.max(matched, lastIndex);
      log.commitTo(lastIndex);
      AppendResult result = new AppendResult(Result.OK, matched).commitIndex(log.commitIndex());
      var response = new AppendEntriesResponse(term, result);
      log.getDownProtocol().down(new EmptyMessage(leader).putHeader(log.getId(), response));
    } else {
      super.handleInstallSnapshotRequest(message, leader, lastIndex, lastTerm);
      matched = log.commitIndex();
    }
  }
}
