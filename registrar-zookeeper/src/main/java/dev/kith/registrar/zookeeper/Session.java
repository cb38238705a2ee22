package dev.kith.registrar.zookeeper;

import java.util.List;
import java.util.function.Consumer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/*
 * Curator takes another session when one has ended, or when it has waited for so long that one may have, and says
 * again there what was not answered. That is right for looking. But an entry made in another session than its
 * stay's would outlive that stay, and a deletion that comes late would meet somebody else's entry. So whatever
 * changes something is asked of ZooKeeper itself, in one session, and in the order in which it was asked.
 */
/// One session of ZooKeeper: what is asked for in it is done in it, or not at all. Told the code on
/// ZooKeeper's event thread, or by the caller where the session is over; what ends with a lost
/// connection may have been done.
///
/// **Threading.** Any thread.
///
/// @param rights of what is made in it
record Session(ZooKeeper zooKeeper, List<ACL> rights) {
  private static final int ANY_VERSION = -1;
  private static final byte[] NOTHING = {};

  Session {
    rights = List.copyOf(rights);
  }

  long id() {
    return zooKeeper.getSessionId();
  }

  /// After how many milliseconds of silence the servers end it.
  int timeout() {
    return zooKeeper.getSessionTimeout();
  }

  /// An entry for as long as it lasts.
  void enter(String path, byte[] data, Consumer<? super Code> then) {
    multi(then, made(path, data, CreateMode.EPHEMERAL));
  }

  /// A lease and its proof, for a member that is one.
  void acquire(
      String member, String lease, byte[] data, String proof, Consumer<? super Code> then) {
    multi(
        then,
        Op.check(member, ANY_VERSION),
        made(lease, data, CreateMode.EPHEMERAL),
        made(proof, NOTHING, CreateMode.EPHEMERAL));
  }

  /// Both go, if the proof is there.
  void release(String lease, String proof, Consumer<? super Code> then) {
    multi(then, Op.delete(proof, ANY_VERSION), Op.delete(lease, ANY_VERSION));
  }

  /// What makes no sense goes.
  void clear(String entry, Consumer<? super Code> then) {
    multi(then, Op.delete(entry, ANY_VERSION));
  }

  /// A note, if the proof is there.
  void write(String proof, String note, byte[] data, boolean known, Consumer<? super Code> then) {
    Op written =
        known ? Op.setData(note, data, ANY_VERSION) : made(note, data, CreateMode.PERSISTENT);
    multi(then, Op.check(proof, ANY_VERSION), written);
  }

  private Op made(String path, byte[] data, CreateMode mode) {
    return Op.create(path, data, rights, mode);
  }

  private void multi(Consumer<? super Code> then, Op... parts) {
    zooKeeper.multi(List.of(parts), (code, _, _, _) -> then.accept(Code.get(code)), null);
  }
}
