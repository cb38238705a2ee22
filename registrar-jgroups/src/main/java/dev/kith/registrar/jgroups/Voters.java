package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/*
 * A node is known by its link address; its channel listens PORTS_ABOVE its link port, so one list says both. The
 * name of a channel has the list in it: nodes with another list do not meet, rather than decide without each other.
 */
/// Who votes, and where a node's channel is.
///
/// @param addresses link addresses, as they were given
record Voters(List<String> addresses) {
  /// So far above its link port is where a node's channel listens; below it, if there is no such
  /// port.
  private static final int PORTS_ABOVE = 1_000;

  private static final int PORT_MAX = 65_535;

  Voters {
    addresses = List.copyOf(addresses);
  }

  /// Fails, with words, if this is no `host:port`.
  static void check(String link) {
    if (!link.matches(".+:\\d{1,5}")) {
      throw new IllegalArgumentException("a voter is HOST:PORT, not '" + link + "'");
    }
  }

  /// Where the channels of the voters are.
  List<InetSocketAddress> channels() throws UnknownHostException {
    List<InetSocketAddress> channels = new ArrayList<>();
    for (String address : addresses) {
      channels.add(channel(address));
    }
    return List.copyOf(channels);
  }

  /// Where the channel of a node with this link address is.
  static InetSocketAddress channel(String link) throws UnknownHostException {
    int colon = link.lastIndexOf(':');
    int port = Integer.parseInt(link.substring(colon + 1));
    String host = link.substring(0, colon).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(
        InetAddress.getByName(host),
        port + PORTS_ABOVE <= PORT_MAX ? port + PORTS_ABOVE : port - PORTS_ABOVE);
  }

  /// What a node is called among the voters: its address as the list has it, if it is one of them.
  String nameOf(String link) throws UnknownHostException {
    InetSocketAddress own = channel(link);
    for (String address : addresses) {
      if (channel(address).equals(own)) {
        return address;
      }
    }
    return link;
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
