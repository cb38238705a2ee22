package dev.kith.registrar.jgroups;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.protocols.raft.AppendEntriesResponse;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Bits;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.Util;

/// Voter `a` of three, without a channel: keeps what its raft sends.
final class LoneRaft extends Protocol {
  static final Address SELF = address("a");
  static final Address SECOND = address("b");
  static final Address THIRD = address("c");

  final MatchingRaft raft = new MatchingRaft();
  final List<Message> sent = new ArrayList<>();

  /// @param name one that no other open raft of this JVM has
  LoneRaft(String name) throws Exception {
    InMemoryLog log = new InMemoryLog();
    log.init(name, Map.of());
    raft.raftId("a").members(List.of("a", "b", "c")).log(log).setAddress(SELF);
    raft.setDownProtocol(this);
  }

  private static Address address(String voter) {
    return ExtendedUUID.randomUUID(voter).put(RAFT.raft_id_key, Util.stringToBytes(voter));
  }

  /// Its log's entries are kept by its name until then.
  void forget() throws Exception {
    raft.log().delete();
  }

  @Override
  public Object down(Message message) {
    sent.add(message);
    return message;
  }

  @Override
  public Object down(Event event) {
    return event;
  }

  /// What it answered last as a follower; only its bytes say so.
  AppendResult answer() throws Exception {
    AppendEntriesResponse response = sent.getLast().getHeader(raft.getId());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.writeTo(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    long _ = Bits.readLongCompressed(in);
    return Util.readStreamable(AppendResult::new, in);
  }
}
