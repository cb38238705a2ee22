package dev.kith.gateway;

import java.util.Objects;

/// A typed key of a named event: what it is called on the wire, and what its data is read as.
///
/// On the wire an event is one text message, `{"event": name, "data": …}`. Data is mapped by
/// Jackson: records by their components, with what a record's constructor rejects reported to
/// whoever sent it.
///
/// @param name the name on the wire
/// @param type what the data is
/// @param <T> the data
public record Event<T>(String name, Class<T> type) {
  public Event {
    Objects.requireNonNull(type);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an event has a name");
    }
  }

  /// The event with this name.
  public static <T> Event<T> of(String name, Class<T> type) {
    return new Event<>(name, type);
  }

  @Override
  public String toString() {
    return name;
  }
}
