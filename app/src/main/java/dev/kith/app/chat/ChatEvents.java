package dev.kith.app.chat;

import dev.kith.gateway.Event;
import java.util.List;
import java.util.Objects;

/// What the chat's clients send and get.
final class ChatEvents {
  private static final int NAME_MAX = 100;

  // From clients

  static final Event<String> JOIN = Event.of("join", String.class);
  static final Event<String> LEAVE = Event.of("leave", String.class);
  static final Event<Post> POST = Event.of("chat", Post.class);
  static final String GET_ROOMS = "get_rooms";

  // To clients

  static final Event<Welcome> WELCOME = Event.of("system", Welcome.class);
  static final Event<Notice> NOTICE = Event.of("system", Notice.class);
  static final Event<Object> ROOMS = Event.of("rooms", Object.class);
  static final Event<History> HISTORY = Event.of("room_history", History.class);
  static final Event<Line> LINE = Event.of("chat", Line.class);

  private ChatEvents() {}

  /// A message that somebody wants to say.
  record Post(String room, String username, String message) {
    Post {
      requireText("room", room);
      requireText("username", username);
      requireText("message", message);
      if (username.length() > NAME_MAX) {
        throw new IllegalArgumentException(
            "'username' has at most " + NAME_MAX + " characters, this one " + username.length());
      }
    }

    private static void requireText(String what, String text) {
      if (Objects.isNull(text)) {
        throw new IllegalArgumentException("'" + what + "' is missing");
      }
      if (text.isBlank()) {
        throw new IllegalArgumentException("'" + what + "' is empty");
      }
    }
  }

  /// A message that was said.
  ///
  /// @param time when, in seconds since 1970
  record Line(String room, String username, String message, long time) {}

  /// The first thing a client hears.
  record Welcome(String message, String id, int online) {}

  /// Somebody has come or gone.
  record Notice(String message, String room, int count) {}

  /// What was said before, oldest first.
  record History(String room, List<Object> messages) {}
}
