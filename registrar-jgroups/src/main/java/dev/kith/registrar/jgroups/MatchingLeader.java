package dev.kith.registrar.jgroups;

import java.util.HashMap;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.Leader;
import org.jgroups.raft.util.CommitTable;

/*
 * JGroups' leader tells everybody who lags behind how far it has committed, whenever somebody who lags behind says so:
 * which makes that one say so again. Meanwhile it is busy, and what is missing it sends only when it is not.
 */
/// What a node does with the answers of those it leads.
///
/// **Threading.** The protocol's one thread.
final class MatchingLeader extends Leader {
  private final MatchingRaft log;

  /// What each had when it was last sent the rest.
  private final Map<Address, Long> sentBehind = new HashMap<>();

  MatchingLeader(MatchingRaft log) {
    super(log);
    this.log = log;
  }

  @Override
  public void handleAppendEntriesResponse(Address sender, long term, AppendResult result) {
    CommitTable members = log.commitTable();
    if (members == null) {
      return; // out of office since the protocol looked
    }
    long has = result.index();
    if (has >= log.commitIndex()) {
      super.handleAppendEntriesResponse(sender, term, result);
      return;
    }
    members.update(sender, has, has + 1, result.commitIndex(), false);
    Long before = sentBehind.put(sender, has);
    if (before == null || before != has) {
      log.sendMissing(sender); // once: what gets lost is sent again when there is nothing to do
    }
  }
}
