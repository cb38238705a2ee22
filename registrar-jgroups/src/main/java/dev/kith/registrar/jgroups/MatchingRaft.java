package dev.kith.registrar.jgroups;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.protocols.raft.InternalCommand;
import org.jgroups.protocols.raft.Log;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.RaftHeader;
import org.jgroups.protocols.raft.RaftImpl;
import org.jgroups.protocols.raft.Role;
import org.jgroups.raft.util.CommitTable;
import org.jgroups.util.Util;

/*
 * What jgroups-raft 1.1.4 lacks of the paper on raft (Ongaro and Ousterhout 2014), and where it is:
 *
 *   followers that keep to their leader's log (figure 2)            MatchingFollower
 *   a leader that sends what is missing at once, and nothing twice  MatchingLeader
 *   a leader that counts votes for its own term's entries (5.4.2)   commitLogTo; a command that does nothing begins
 *                                                                   each office, so that those before are decided too
 *   terms: who speaks in which, and which votes count               Election
 *   terms on disk that do not go back                               StableLog
 *   a snapshot in place of what it contains                         resend
 *   one thread that looks at the log and changes it                 process, inTurn
 */
/// JGroups' raft, with what it lacks of raft.
///
/// **Threading.** That of the protocol: one thread changes the log, any may change the role.
final class MatchingRaft extends RAFT {
  private static final System.Logger LOG = System.getLogger(MatchingRaft.class.getName());

  private volatile long ledTerm;

  /// The term of the message that is handled. The protocol's one thread.
  private long heardTerm;

  MatchingRaft() {
    setId(RAFT_ID); // by its class nobody knows it
    impl = new MatchingFollower(this);
  }

  @Override
  public void start() throws Exception {
    if (log() == null) {
      StableLog log = new StableLog();
      log.init(createLogName(raftId(), "log"), Map.of());
      log(log);
    }
    super.start();
  }

  // Roles and terms

  /// As in [RAFT], whose own are made in private. A learner is a follower whose answers the leader
  /// does not count.
  @Override
  protected RAFT changeRole(Role role) {
    RaftImpl before = impl;
    boolean leads = role == Role.Leader;
    boolean isSame =
        before instanceof MatchingLeader ? leads && isElectedFor(currentTerm()) : !leads;
    if (!isSame) {
      RaftImpl after = leads ? new MatchingLeader(this) : new MatchingFollower(this);
      ledTerm = leads ? currentTerm() : ledTerm;
      before.destroy();
      after.init();
      impl = after;
      if (leads) {
        decideWhatCameBefore();
      }
      notifyRoleChangeListeners(role);
    }
    return this;
  }

  private void decideWhatCameBefore() {
    try {
      byte[] nothing =
          Util.streamableToByteBuffer(new InternalCommand(InternalCommand.Type.noop, null));
      var _ = setAsync(nothing, 0, nothing.length, true, null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether this is the last term that this node was elected for.
  boolean isElectedFor(long term) {
    return ledTerm == term;
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

  // The log

  /// Puts these at the end of the log, the first of them at this index, in place of what is there
  /// from that index on.
  void replaceFrom(long index, LogEntries entries) {
    if (index <= lastAppended()) {
      deleteAllLogEntriesStartingFrom(index);
    }
    append(index, entries);
  }

  /// Applies what is not applied yet, to this index.
  void commitTo(long index) {
    commitLogTo(index, false);
  }

  /// @param isLeaders whether it was found by counting, and not heard of
  @Override
  protected RAFT commitLogTo(long index, boolean isLeaders) {
    LogEntry last = isLeaders ? log().get(Math.min(index, lastAppended())) : null;
    boolean isEarlier = last != null && !isElectedFor(last.term());
    return isEarlier ? this : super.commitLogTo(index, isLeaders);
  }

  /// What this node has and that one lacks, by what is known of it.
  void sendMissing(Address member) {
    CommitTable members = commitTable();
    CommitTable.Entry entry = members == null ? null : members.get(member);
    if (entry != null) {
      sendAppendEntriesMessage(member, entry);
    }
  }

  @Override
  protected void resend(Address target, long index) {
    resend(target, index, index);
  }

  /// The first entry of a log that was cut stands for all before it, and says nothing by itself.
  @Override
  protected void resend(Address target, long from, long to) {
    Log log = log();
    if (from > log.firstAppended()) {
      super.resend(target, from, to);
      return;
    }
    try {
      sendSnapshotTo(target);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "no snapshot is sent to " + target, e);
    }
  }

  // The one thread

  /// Something that is done between messages, by the thread that changes the log.
  private static final class Task extends Request {
    private final Runnable body;

    Task(Runnable body) {
      this.body = body;
    }
  }

  /// Has it done by the thread that changes the log, in its turn.
  void inTurn(Runnable task) {
    add(new Task(task));
  }

  /// Own commands and what others say are never handled as one: what is said may take this node out
  /// of office, and the commands would come behind its successor's.
  @Override
  protected void process(List<Request> requests) {
    List<Request> alike = new ArrayList<>();
    for (Request request : requests) {
      if (!alike.isEmpty() && alike.getFirst().getClass() != request.getClass()) {
        processAlike(alike);
        alike.clear();
      }
      alike.add(request);
    }
    processAlike(alike);
  }

  private void processAlike(List<Request> requests) {
    try {
      if (requests.getFirst() instanceof Task) {
        requests.forEach(task -> ((Task) task).body.run());
      } else {
        super.process(requests);
      }
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "out of office meanwhile", e);
    }
  }
}
