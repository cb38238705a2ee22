package dev.kith.registrar.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.process.NodeName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 *   ROOT/members/NODE          ephemeral   incarnation, address                    its czxid is the stay
 *   ROOT/leases/LEASE          ephemeral   holder, stay, number, value             its czxid is the token
 *   ROOT/proofs/STAY-NUMBER    ephemeral                                           made and gone with the lease
 *   ROOT/notes/NOTE                        the text
 *
 * A czxid is the number of the transaction that made an entry; ZooKeeper counts them for the whole ensemble, so
 * later is greater. A lease's entry has the same path for each holder, so a condition on it would hold for the
 * next one too; on the proof, with a number of its own for each attempt, it does not.
 */
/// Where things are in ZooKeeper's tree, and how they are written.
///
/// @param root the path of a cluster
record Tree(String root) {
  private static final int LEASE_LINES = 4;

  /// Whether a path is the root or below it.
  boolean has(String path) {
    return path.equals(root) || path.startsWith(root + "/");
  }

  String members() {
    return root + "/members";
  }

  String leases() {
    return root + "/leases";
  }

  String proofs() {
    return root + "/proofs";
  }

  String notes() {
    return root + "/notes";
  }

  String member(NodeName node) {
    return members() + "/" + encoded(node.text());
  }

  String lease(String name) {
    return leases() + "/" + encoded(name);
  }

  String proof(long stay, long number) {
    return proofs() + "/" + stay + "-" + number;
  }

  String note(String name) {
    return notes() + "/" + encoded(name);
  }

  /// Any name as one step of a path.
  private static String encoded(String name) {
    return URLEncoder.encode(name, UTF_8).replace(".", "%2E");
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), UTF_8);
  }

  static byte[] bytes(int incarnation, String address) {
    return (incarnation + "\n" + address).getBytes(UTF_8);
  }

  /// The member that an entry is about; null if the entry makes no sense.
  static @Nullable Member memberOf(String path, byte[] data, long stay) {
    List<String> lines = lines(data, 2);
    try {
      return lines.size() < 2
          ? null
          : new Member(
              NodeName.of(decoded(path)), Integer.parseInt(lines.getFirst()), lines.get(1), stay);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  static byte[] bytes(NodeName holder, long stay, long number, String value) {
    return (holder + "\n" + stay + "\n" + number + "\n" + value).getBytes(UTF_8);
  }

  /// The number of the attempt that made a lease's entry; 0 if it makes no sense.
  static long numberOf(byte[] data) {
    List<String> lines = lines(data, LEASE_LINES);
    try {
      return lines.size() < LEASE_LINES ? 0 : Long.parseLong(lines.get(2));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// The lease that an entry is about; null if the entry makes no sense.
  static @Nullable Lease leaseOf(String path, byte[] data, long token) {
    List<String> lines = lines(data, LEASE_LINES);
    try {
      return lines.size() < LEASE_LINES
          ? null
          : new Lease(
              decoded(path),
              NodeName.of(lines.getFirst()),
              Long.parseLong(lines.get(1)),
              token,
              lines.get(3));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static List<String> lines(byte[] data, int count) {
    return List.of(new String(data, UTF_8).split("\n", count));
  }
}
