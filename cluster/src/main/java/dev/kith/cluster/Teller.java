package dev.kith.cluster;

import dev.kith.group.Row;
import dev.kith.group.SpanningScope;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessSpec;
import dev.kith.process.RemoteName;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * A cursor for each scope says how far the other node was told. What is after the cursor and still in the log
 * goes as changes, else all rows go, in pieces; one message for each scope in a turn. So a link that is busy
 * slows this process alone (SIG-9), and what changes meanwhile becomes fewer, longer messages.
 */
/// The process that tells one other node of this node's groups and names.
///
/// **Limits.** A message has at most [#ROWS_MAX] rows.
final class Teller implements Server<Teller.Message> {
  static final int ROWS_MAX = 1_000;

  private final SharedScopes scopes;
  private final NodeName other;
  private final int life;
  private final RemoteName<Replication> to;
  private final Map<String, Cursor> cursors = new TreeMap<>();

  /// Whether it goes on in a turn to come.
  private boolean goesOn;

  sealed interface Message {}

  /// Tell it what is known of it, so that it tells the rest.
  record Ask(boolean back) implements Message {}

  /// It has these versions, and wants to hear the rest.
  record Wants(Map<String, Long> versions) implements Message {
    Wants {
      versions = Map.copyOf(versions);
    }
  }

  /// Something has changed, or there is more to tell.
  record GoOn() implements Message {}

  /// How far the other node was told of a scope.
  private static final class Cursor {
    long at;

    /// Whether it is to hear something, though there may be nothing new.
    boolean owed = true;

    /// What is told in pieces; null if nothing is.
    SpanningScope.@Nullable Own whole;

    int piece;

    Cursor(long at) {
      this.at = at;
    }
  }

  private Teller(SharedScopes scopes, NodeName other, int life) {
    this.scopes = scopes;
    this.other = other;
    this.life = life;
    this.to = Replicator.NAME.at(other);
  }

  static ProcessSpec<Message> spec(SharedScopes scopes, NodeName other, int life) {
    return ProcessSpec.server(Message.class, () -> new Teller(scopes, other, life));
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Ask(boolean back) ->
          self.send(to, new Replication.Known(origin(self), scopes.known(other, life), back));
      case Wants(Map<String, Long> versions) -> {
        cursors.clear();
        versions.forEach((scope, version) -> cursors.put(scope, new Cursor(version)));
        tell(self);
      }
      case GoOn() -> {
        goesOn = false;
        tell(self);
      }
    }
  }

  private static Replication.Origin origin(Self<Message> self) {
    return new Replication.Origin(self.node().name(), self.node().incarnation());
  }

  /// One message for each scope of which the other node lacks something.
  private void tell(Self<Message> self) {
    boolean hasMore = false;
    for (Map.Entry<String, Cursor> entry : cursors.entrySet()) {
      Shared shared = scopes.find(entry.getKey());
      if (shared != null) {
        hasMore |= tell(self, entry.getKey(), shared, entry.getValue());
      }
    }
    if (hasMore && !goesOn) {
      goesOn = true;
      self.send(self.ref(), new GoOn());
    }
  }

  /// Returns whether the other node lacks more of this scope.
  private boolean tell(Self<Message> self, String scope, Shared shared, Cursor cursor) {
    if (cursor.whole == null && !cursor.owed && cursor.at == shared.version()) {
      return false;
    }
    cursor.owed = false;
    Optional<List<Row>> changes =
        cursor.whole == null ? shared.since(cursor.at, ROWS_MAX) : Optional.empty();
    if (changes.isPresent()) {
      List<Row> rows = changes.get();
      self.send(to, new Replication.Changes(origin(self), scope, cursor.at, rows));
      cursor.at += rows.size();
    } else {
      self.send(to, piece(origin(self), scope, shared, cursor));
    }
    return cursor.whole != null || cursor.at < shared.version();
  }

  /// The next piece of all there is.
  private static Replication.Whole piece(
      Replication.Origin from, String scope, Shared shared, Cursor cursor) {
    SpanningScope.Own whole = cursor.whole;
    if (whole == null) {
      whole = shared.span().own();
      cursor.whole = whole;
      cursor.piece = 0;
    }
    int piece = cursor.piece++;
    int end = Math.min((piece + 1) * ROWS_MAX, whole.rows().size());
    boolean last = end == whole.rows().size();
    if (last) {
      cursor.at = whole.version();
      cursor.whole = null;
    }
    List<Row> rows = whole.rows().subList(piece * ROWS_MAX, end);
    return new Replication.Whole(from, scope, whole.version(), piece, last, rows);
  }
}
