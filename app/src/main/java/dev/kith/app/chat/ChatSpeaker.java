package dev.kith.app.chat;

import dev.kith.gateway.Origin;
import dev.kith.gateway.Rooms;
import dev.kith.process.Name;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;

/// Says what clients want said: gives it the time, tells the room and keeps it there.
///
/// It has no state of its own, so it can be killed at any moment: the room keeps the history, and
/// who asked asks again.
final class ChatSpeaker implements Server<ChatSpeaker.Message> {
  static final Name<Message> NAME = Name.of("chat-processor", Message.class);

  private final Rooms rooms;

  sealed interface Message {}

  /// Says something for a session; the answer is whether there was room.
  record Say(ChatEvents.Post post, Origin origin) implements Message, Request<Boolean> {}

  ChatSpeaker(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Say say -> {
        ChatEvents.Post post = say.post();
        long seconds = self.node().clock().wallMillis() / 1_000;
        ChatEvents.Line line =
            new ChatEvents.Line(post.room(), post.username(), post.message(), seconds);
        self.reply(say, rooms.broadcastAndKeep(post.room(), ChatEvents.LINE, line, say.origin()));
      }
    }
  }
}
