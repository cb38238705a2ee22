package dev.kith.gateway;

import dev.kith.process.Address;
import dev.kith.process.Answer;
import dev.kith.process.ExitReason;
import dev.kith.process.Node;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.wire.CloseCode;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * The process of one client: it reads what the client sends and does nothing about what is sent to it, which
 * goes from rooms straight to the event loop.
 *
 * While an answer is awaited, what comes in is held back (`held`), so that a client's events take effect in
 * the order it sent them. It is held back too while event loops have more to write than they should, which
 * slows down those whose broadcasts they write, through their own connections. How much can be held is bounded by the inlet, which counts it as not dealt with.
 *
 * However the process ends, its attachment (see Gateway) takes it out of its rooms and closes the pipe.
 */
/// The process of one client.
final class SessionProcess implements Server<SessionMessage> {
  private static final Event<Failure> ERROR = Event.of("error", Failure.class);

  /// How long to wait before asking again where nobody was.
  private static final Duration RETRY_AFTER = Duration.ofMillis(5);

  /// How long to wait while event loops have too much to write.
  private static final Duration CATCH_UP = Duration.ofMillis(2);

  private final Pipe pipe;
  private final Seat seat;
  private final Handlers handlers;
  private final Deque<SessionMessage> held = new ArrayDeque<>();
  private boolean awaiting;
  private @Nullable View view;

  record Failure(String message) {}

  SessionProcess(Pipe pipe, Seat seat, Handlers handlers) {
    this.pipe = pipe;
    this.seat = seat;
    this.handlers = handlers;
  }

  @Override
  public void started(Self<SessionMessage> self) {
    View mine = new View(self);
    view = mine;
    seat.take(self.ref());
    handlers.opening().accept(mine);
  }

  @Override
  public void handle(Self<SessionMessage> self, SessionMessage message) throws Exception {
    switch (message) {
      case SessionMessage.Closed _ -> self.exit(ExitReason.normal());
      case SessionMessage.Nobody(Runnable again) ->
          self.sendAfter(RETRY_AFTER, new SessionMessage.Again(again));
      case SessionMessage.Answered(Runnable then) -> {
        awaiting = false;
        then.run();
        handleHeld();
      }
      case SessionMessage.Received _, SessionMessage.Oversized _ -> {
        held.addLast(message);
        handleHeld();
      }
      case SessionMessage.Again(Runnable ask) -> ask.run();
      case SessionMessage.CaughtUp _ -> {
        awaiting = false;
        handleHeld();
      }
    }
  }

  private void handleHeld() throws Exception {
    while (!awaiting && !held.isEmpty()) {
      if (seat.all().areBehind()) {
        awaiting = true;
        view().wakeAfter(CATCH_UP);
        return;
      }
      switch (held.removeFirst()) {
        case SessionMessage.Received(Payload message, Inlet from) -> {
          received(message);
          from.done();
        }
        case SessionMessage.Oversized(Inlet from) -> {
          view().fail("the message is too large");
          from.done();
        }
        case SessionMessage.Closed _,
            SessionMessage.Answered _,
            SessionMessage.Nobody _,
            SessionMessage.CaughtUp _,
            SessionMessage.Again _ ->
            throw new IllegalStateException("never held");
      }
    }
  }

  private void received(Payload message) throws Exception {
    try {
      handlers.dispatch(view(), Frames.decode(message));
    } catch (Frames.Malformed malformed) {
      view().fail(malformed.why());
    }
  }

  private View view() {
    View known = view;
    if (known == null) {
      throw new IllegalStateException("not started");
    }
    return known;
  }

  @Override
  public Object inspect() {
    return seat.id() + " in " + seat.rooms();
  }

  /// What handlers are given.
  private final class View implements Session {
    private final Self<SessionMessage> self;

    View(Self<SessionMessage> self) {
      this.self = self;
    }

    void wakeAfter(Duration time) {
      self.sendAfter(time, new SessionMessage.CaughtUp());
    }

    @Override
    public String id() {
      return seat.id();
    }

    @Override
    public Node node() {
      return self.node();
    }

    @Override
    public Rooms allRooms() {
      return seat.all();
    }

    @Override
    public Set<String> rooms() {
      return Collections.unmodifiableSet(new LinkedHashSet<>(seat.rooms()));
    }

    @Override
    public boolean isIn(String room) {
      return seat.isIn(room);
    }

    @Override
    public Rooms.Joining join(String room) {
      return seat.join(room);
    }

    @Override
    public boolean leave(String room) {
      return seat.leave(room);
    }

    @Override
    public <T> void send(Event<T> event, T data) {
      Payload message = Frames.encode(event, data);
      pipe.loop().execute(() -> pipe.write(message));
    }

    @Override
    public void fail(String message) {
      send(ERROR, new Failure(message));
    }

    @Override
    public <R, Q extends Request<R>> void ask(
        Address<? super Q> process, Q request, Duration within, Consumer<? super Answer<R>> then) {
      awaiting = true;
      ask(process, request, node().clock().nanos() + within.toNanos(), then);
    }

    private <R, Q extends Request<R>> void ask(
        Address<? super Q> process, Q request, long untilNanos, Consumer<? super Answer<R>> then) {
      Duration left = Duration.ofNanos(Math.max(0, untilNanos - node().clock().nanos()));
      self.<R, Q>ask(
          process,
          request,
          left,
          answer -> {
            boolean nobody =
                answer instanceof Answer.Failed<R>(ExitReason reason)
                    && reason instanceof ExitReason.NoProcess;
            return nobody && left.compareTo(RETRY_AFTER) > 0
                ? new SessionMessage.Nobody(() -> ask(process, request, untilNanos, then))
                : new SessionMessage.Answered(() -> then.accept(answer));
          });
    }

    @Override
    public void close(CloseCode code, String reason) {
      pipe.loop().execute(() -> pipe.close(code, reason));
    }
  }
}
