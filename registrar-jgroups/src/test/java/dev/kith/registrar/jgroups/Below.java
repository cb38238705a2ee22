package dev.kith.registrar.jgroups;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.protocols.raft.AppendEntriesResponse;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Bits;
import org.jgroups.util.Util;

/// Keeps what the protocol above it sends.
final class Below extends Protocol {
  final List<Message> sent = new ArrayList<>();

  @Override
  public Object down(Message message) {
    sent.add(message);
    return message;
  }

  @Override
  public Object down(Event event) {
    return event;
  }

  /// What a follower answered last; only its bytes say so.
  AppendResult answer(short id) throws Exception {
    AppendEntriesResponse response = sent.getLast().getHeader(id);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.writeTo(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    long _ = Bits.readLongCompressed(in);
    return Util.readStreamable(AppendResult::new, in);
  }
}
