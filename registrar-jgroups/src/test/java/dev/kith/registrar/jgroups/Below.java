package dev.kith.registrar.jgroups;

import java.util.ArrayList;
import java.util.List;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;

/// Keeps what the protocol above it sends.
final class Below extends Protocol {
  final List<Message> sent = new ArrayList<>();

  @Override
  public Object down(Message message) {
    sent.add(message);
    return message;
  }
}
