package dev.kith.gateway;

/// What is done about one kind of event of a client.
///
/// @param <T> the event's data
@FunctionalInterface
public interface EventHandler<T> {

  /// Handles one event, in the session's process. What it throws ends the session and nothing else.
  void handle(Session session, T data) throws Exception;
}
