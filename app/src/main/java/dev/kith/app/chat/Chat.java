package dev.kith.app.chat;

import dev.kith.gateway.Gateway;
import dev.kith.gateway.Handlers;
import dev.kith.gateway.Origin;
import dev.kith.gateway.RoomLimits;
import dev.kith.gateway.Rooms;
import dev.kith.gateway.Session;
import dev.kith.group.Scope;
import dev.kith.process.Answer;
import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.StartResult;
import dev.kith.supervision.ChildSpec;
import dev.kith.supervision.RestartIntensity;
import dev.kith.supervision.Supervisor;
import dev.kith.supervision.SupervisorSpec;
import dev.kith.wire.node.Types;
import dev.kith.wire.web.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The chat: rooms, history and notices, as a gateway's handlers and two supervised processes.
public final class Chat {
  private static final List<String> FIRST_ROOMS = List.of("general", "random", "help");
  private static final Duration START_WITHIN = Duration.ofSeconds(5);
  private static final Duration SAY_WITHIN = Duration.ofSeconds(5);

  /// Who is killed on purpose may be restarted often.
  private static final RestartIntensity INTENSITY = RestartIntensity.of(100, Duration.ofSeconds(5));

  private final Rooms rooms;
  private final Gateway gateway;

  /// Numbers what is said, so that nothing is said twice.
  private final AtomicLong numbers = new AtomicLong();

  private Chat(Node node, Scope scope) {
    rooms =
        Gateway.rooms(
            node,
            scope,
            RoomLimits.STANDARD,
            (room, kept) -> Gateway.encode(ChatEvents.HISTORY, new ChatEvents.History(room, kept)));
    FIRST_ROOMS.forEach(rooms::open);
    gateway =
        Gateway.on(
            node,
            rooms,
            Handlers.none()
                .onOpen(this::welcome)
                .on(ChatEvents.JOIN, Chat::join)
                .on(ChatEvents.LEAVE, Chat::leave)
                .on(ChatEvents.POST, this::say)
                .on(ChatEvents.GET_ROOMS, this::sendRooms));
  }

  /// The messages that pass between the nodes of a chat.
  public static Types messages() {
    return Types.of(Gateway.messages(), ChatEvents.Line.class);
  }

  /// Starts the chat on a node, with the rooms of this scope: of that node, or of many.
  ///
  /// @throws IllegalStateException if its processes do not start
  public static Chat start(Node node, Scope scope) {
    Chat chat = new Chat(node, scope);
    StartResult<Supervisor.Message> result = node.start(chat.supervisor(), START_WITHIN);
    if (!(result
        instanceof StartResult.Started<Supervisor.Message>(ProcessRef<Supervisor.Message> _))) {
      throw new IllegalStateException("the chat did not start: " + result);
    }
    return chat;
  }

  private ProcessSpec<Supervisor.Message> supervisor() {
    return Supervisor.spec(
        SupervisorSpec.oneForOne(
                rooms.hub(),
                ChildSpec.permanent(RoomKeeper.NAME, () -> new RoomKeeper(rooms)),
                ChildSpec.permanent(ChatSpeaker.NAME, () -> new ChatSpeaker(rooms)))
            .withIntensity(INTENSITY));
  }

  /// Where clients open their WebSockets.
  public Endpoint endpoint() {
    return gateway;
  }

  /// Takes no more clients.
  public void drain() {
    gateway.drain();
  }

  // What clients do

  private void welcome(Session session) {
    session.send(
        ChatEvents.WELCOME,
        new ChatEvents.Welcome("Welcome to the Kith chat", session.id(), gateway.online()));
    sendRooms(session);
  }

  private void sendRooms(Session session) {
    session.send(ChatEvents.ROOMS, rooms.names());
  }

  private static void join(Session session, String room) {
    if (session.join(room) == Rooms.Joining.REFUSED) {
      session.fail(
          "cannot join: a room's name has 1 to %d characters, and a client is in at most %d rooms"
              .formatted(RoomLimits.STANDARD.nameLength(), RoomLimits.STANDARD.perSession()));
    }
  }

  private static void leave(Session session, String room) {
    if (!session.leave(room)) {
      session.fail("cannot leave '" + room + "': not in it");
    }
  }

  private void say(Session session, ChatEvents.Post post) {
    if (session.isIn(post.room())) {
      Origin origin = new Origin(session.id(), numbers.incrementAndGet());
      say(session, new ChatSpeaker.Say(post, origin));
    } else {
      session.fail("join '" + post.room() + "' before speaking there");
    }
  }

  private void say(Session session, ChatSpeaker.Say say) {
    session.ask(ChatSpeaker.NAME, say, SAY_WITHIN, answer -> said(session, say, answer));
  }

  private void said(Session session, ChatSpeaker.Say say, Answer<Boolean> answer) {
    switch (answer) {
      case Answer.Reply<Boolean>(Boolean kept) -> {
        if (!kept) {
          session.fail("there are too many rooms");
        }
      }
      case Answer.Failed<Boolean>(ExitReason reason) -> {
        boolean tooMuch =
            reason instanceof ExitReason.Timeout
                || reason instanceof ExitReason.Overloaded
                || reason instanceof ExitReason.NoProcess;
        if (tooMuch) {
          session.fail("the chat is busy: the message was not sent");
        } else {
          say(session, say); // it died with the message: the next one takes it, once
        }
      }
    }
  }
}
