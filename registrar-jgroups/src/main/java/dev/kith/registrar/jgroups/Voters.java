package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.RegistrarEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/*
 * A node is known by its link address; its channel listens beside its links, so one list says both. The
 * name of a channel has the list in it: nodes with another list do not meet, rather than decide without each other.
 */
/// Who votes, and where a node's channel is.
///
/// @param addresses link addresses, as they were given
record Voters(List<String> addresses) {
  private static final System.Logger LOG = System.getLogger(Voters.class.getName());

  Voters {
    addresses = List.copyOf(addresses);
  }

  /// Fails, with words, if this is no `host:port`.
  static void check(String link) {
    if (!isAddress(link)) {
      throw new IllegalArgumentException("a voter is HOST:PORT, not '" + link + "'");
    }
  }

  static boolean isAddress(String link) {
    return link.matches(".+:\\d{1,5}");
  }

  /// Where the channels of the voters are: of those whose hosts the name service knows now.
  List<InetSocketAddress> channels() {
    List<InetSocketAddress> channels = new ArrayList<>();
    for (String address : addresses) {
      known(address).ifPresent(channels::add);
    }
    return List.copyOf(channels);
  }

  /// Empty, with a line in the log, if its host is not known: of a voter that is gone the name may
  /// be gone too, and the others go on.
  private static Optional<InetSocketAddress> known(String address) {
    try {
      return Optional.of(channel(address));
    } catch (UnknownHostException e) {
      LOG.log(System.Logger.Level.WARNING, "the voter " + address + " cannot be found: " + e);
      return Optional.empty();
    }
  }

  /// Where the channel of a node with this link address is.
  static InetSocketAddress channel(String link) throws UnknownHostException {
    String host = link.substring(0, link.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(InetAddress.getByName(host), RegistrarEngine.portBeside(link));
  }

  /// What a node is called among the voters: its address as the list has it, if it is one of them.
  String nameOf(String link) throws UnknownHostException {
    if (addresses.contains(link)) {
      return link;
    }
    Optional<InetSocketAddress> own = Optional.of(channel(link));
    return addresses.stream()
        .filter(address -> known(address).equals(own))
        .findFirst()
        .orElse(link);
  }

  /// The name of the channel.
  String cluster() {
    try {
      String all = String.join(",", addresses.stream().sorted().toList());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
      return "kith-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return String.join(", ", addresses);
  }
}
