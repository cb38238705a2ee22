package dev.kith.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What a gateway does about its clients' events: an immutable table.
///
/// {@snippet lang=java :
/// Handlers.none()
///     .onOpen(session -> session.send(SYSTEM, welcome(session)))
///     .on(JOIN, (session, room) -> session.join(room));
/// }
public final class Handlers {
  private static final Handlers NONE = new Handlers(Map.of(), session -> {});

  private final Map<String, Entry<?>> entries;
  private final Consumer<Session> opening;

  /// An event with its handler.
  record Entry<T>(Event<T> event, EventHandler<? super T> handler, Reading reading) {}

  /// What becomes of an event's data.
  enum Reading {
    READ,
    IGNORED
  }

  private Handlers(Map<String, Entry<?>> entries, Consumer<Session> opening) {
    this.entries = entries;
    this.opening = opening;
  }

  /// Knows no event.
  public static Handlers none() {
    return NONE;
  }

  /// The same with a handler for one event more.
  ///
  /// @throws IllegalArgumentException if the event has a handler
  public <T> Handlers on(Event<T> event, EventHandler<? super T> handler) {
    return with(new Entry<>(event, handler, Reading.READ));
  }

  /// The same with a handler for one event more, whatever its data.
  ///
  /// @throws IllegalArgumentException if the event has a handler
  public Handlers on(String event, Consumer<Session> handler) {
    return with(
        new Entry<>(
            Event.of(event, Object.class),
            (session, _) -> handler.accept(session),
            Reading.IGNORED));
  }

  /// The same with something else to do first when a client has connected.
  public Handlers onOpen(Consumer<Session> handler) {
    return new Handlers(entries, Objects.requireNonNull(handler));
  }

  private Handlers with(Entry<?> entry) {
    Map<String, Entry<?>> more = new LinkedHashMap<>(entries);
    if (more.put(entry.event().name(), entry) != null) {
      throw new IllegalArgumentException("'" + entry.event() + "' has a handler");
    }
    return new Handlers(Map.copyOf(more), opening);
  }

  Consumer<Session> opening() {
    return opening;
  }

  /// Has an event handled.
  void dispatch(Session session, Frames.Received received) throws Exception {
    Entry<?> entry = entries.get(received.event());
    if (entry == null) {
      throw new Frames.Malformed("unknown event '" + brief(received.event()) + "'");
    }
    call(entry, session, received);
  }

  private static <T> void call(Entry<T> entry, Session session, Frames.Received received)
      throws Exception {
    switch (entry.reading()) {
      case READ -> entry.handler().handle(session, Frames.data(entry.event(), received.data()));
      case IGNORED -> entry.handler().handle(session, entry.event().type().cast(""));
    }
  }

  private static String brief(String name) {
    return name.length() <= 50 ? name : name.substring(0, 50) + "…";
  }
}
