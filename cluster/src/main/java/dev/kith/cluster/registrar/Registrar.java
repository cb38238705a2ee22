package dev.kith.cluster.registrar;

import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Who is a member, and who holds a lease: an engine that is known to be right about that, seen
/// from one node.
///
/// A node's *stay* begins when it joins. It lasts as long as the engine hears from the node at
/// least once in the time of a session; when it does not, it removes the member and frees what it
/// held. A node whose stay has ended may join again, for another stay.
///
/// **Guarantees.** At most one member holds a lease, and each holder has a greater token than the
/// last. Changes are told when they are so, and those of one name in their order, the same
/// everywhere: a lease behind its holder's joining, and free before its holder's removal. Between
/// names there is no order that all see, and what has come and gone at once may not be told. A
/// member hears of its own removal at the latest when it can reach the engine again, and must not
/// rely on anything it holds while [#isSure] says no.
///
/// **Failure.** What cannot be said within its time ends as [Attempt.Unknown] with words; nothing
/// is thrown. **Threading.** Any thread may call; nothing here waits but [#close]. `then` and the
/// watcher are called on threads of the engine, must not wait, and may call back.
public interface Registrar extends AutoCloseable {
  /// Characters of a lease's, a note's name.
  int NAME_MAX = 512;

  /// Characters of what is said with a lease, or noted.
  int VALUE_MAX = 16_384;

  /// Makes this node a member. Not while it is one.
  ///
  /// @param address where other nodes reach it
  /// @param watcher is told of all that is so when the stay begins, and of all changes from then on
  void join(
      NodeName node,
      int incarnation,
      String address,
      Watcher watcher,
      Duration within,
      Consumer<? super Attempt<Member>> then);

  /// Takes a lease if nobody holds it, not even this node.
  ///
  /// @param value told to the others with it
  void acquire(String lease, String value, Duration within, Consumer<? super Attempt<Lease>> then);

  /// Gives a lease back; refused if it is not held any more.
  void release(Lease lease, Duration within, Consumer<? super Attempt<Lease>> then);

  /// Writes something down for all who come, if this lease is held still: a holder that was
  /// replaced is refused, whatever it believes. For what is built on registrars, as placement by a
  /// leader is.
  void write(
      Lease by, String note, String value, Duration within, Consumer<? super Attempt<String>> then);

  /// Reads what was written last, and not what was before.
  void read(String note, Duration within, Consumer<? super Attempt<Optional<String>>> then);

  /// Whether this node is certainly still a member at this moment: less time than a session has
  /// passed, by either clock, since it *sent* the last sign of life that was answered.
  boolean isSure();

  /// How long a member may be silent. It is removed in about that time, and later when the engine
  /// itself changes meanwhile: what looks after sessions begins anew then.
  Duration session();

  /// Leaves, if that is possible in a moment, and forgets everything. The watcher hears no more.
  @Override
  void close();

  /// Who hears of changes, on threads of the engine.
  interface Watcher {
    /// One change, in order.
    void changed(Change change);

    /// What this node can rely on.
    void sure(Confidence confidence, String why);
  }

  /// What a node knows of its own stay.
  enum Confidence {
    /// It is a member.
    MEMBER,
    /// It may have been removed: the engine has not answered for the time of a session.
    UNSURE,
    /// It was removed. Nothing it held is its own; the watcher hears no more, and the node may join
    /// again.
    REMOVED
  }
}
