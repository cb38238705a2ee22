package dev.kith.registrar.jgroups;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.Log;
import org.jgroups.protocols.raft.LogEntry;
import org.jspecify.annotations.Nullable;

/*
 * JGroups' log takes the term of its last entry for the current one, whenever it changes. A node that was killed then
 * would come back in a term in which it has voted, and vote again.
 *
 * It writes a snapshot beside the one before and then puts it in its place, but for the first one, which would be
 * half there if the node was killed. So there is an empty one from the beginning.
 */
/// A log in files that keep what a voter must not forget.
///
/// **Threading.** As JGroups': one thread changes entries, any may set the term.
final class StableLog extends FileBasedLog {
  @Override
  public void init(String name, Map<String, String> arguments) throws Exception {
    super.init(name, arguments);
    if (super.getSnapshot() == null) {
      setSnapshot(ByteBuffer.allocate(0));
    }
  }

  @Override
  public @Nullable ByteBuffer getSnapshot() {
    ByteBuffer snapshot = super.getSnapshot();
    return snapshot != null && snapshot.hasRemaining() ? snapshot : null;
  }

  /// Never goes back.
  @Override
  public synchronized Log currentTerm(long term) {
    return term > currentTerm() ? super.currentTerm(term) : this;
  }

  @Override
  public synchronized void reinitializeTo(long index, LogEntry entry) {
    long term = currentTerm();
    super.reinitializeTo(index, entry);
    currentTerm(term);
  }
}
