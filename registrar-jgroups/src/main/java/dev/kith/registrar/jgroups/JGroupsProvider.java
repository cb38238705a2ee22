package dev.kith.registrar.jgroups;

import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.cluster.registrar.SessionTiming;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `jgroups`: nodes that agree among themselves.
///
/// - `jgroups:static:HOST:PORT,…`: these vote; link addresses, the same list at all nodes.
/// - `jgroups:static:@FILE`: the same, one in each line of a file; empty lines and those that begin
///   with `#` are skipped.
/// - `jgroups:dns:NAME`: those that the name service has under a name like `_kith._tcp.example.org`
///   (SRV) when the node starts; `NAME@SERVER:PORT` asks that server.
/// - `jgroups:multicast:N`: the first `N`, 2 to 9, that find each other on the local network;
///   `N@GROUP:PORT` meets at that multicast address, and `jgroups:multicast` is three.
/// - `jgroups`: those that the node was told to join; itself alone if there are none.
public final class JGroupsProvider implements RegistrarProvider {
  private static final String STATIC = "static:";
  private static final String DNS = "dns:";
  private static final Pattern MULTICAST =
      Pattern.compile("multicast(?::(?<voters>\\d))?(?:@(?<group>.+):(?<port>\\d{1,5}))?");

  private static final String VOTERS = "3";

  /// Of those for use within one site (RFC 2365).
  private static final String GROUP = "239.255.75.84";

  private static final String PORT = "7584";

  /// For [java.util.ServiceLoader].
  public JGroupsProvider() {}

  @Override
  public String name() {
    return "jgroups";
  }

  @Override
  public RegistrarEngine engine(String words, Setting setting) {
    if (words.isEmpty()) {
      return engine(setting.join(), setting);
    }
    if (words.startsWith(STATIC)) {
      return engine(listed(words.substring(STATIC.length())), setting);
    }
    if (words.startsWith(DNS)) {
      return engine(ServiceRecords.find(words.substring(DNS.length())), setting);
    }
    Matcher multicast = MULTICAST.matcher(words);
    if (multicast.matches()) {
      return engine(multicast(multicast), setting);
    }
    throw new IllegalArgumentException(
        "jgroups:static:HOST:PORT,…, jgroups:static:@FILE, jgroups:dns:NAME or jgroups:multicast:N,"
            + " not jgroups:"
            + words);
  }

  private static Discovery multicast(MatchResult words) {
    return new Discovery.Multicast(
        Integer.parseInt(or(words.group("voters"), VOTERS)),
        new InetSocketAddress(
            or(words.group("group"), GROUP), Integer.parseInt(or(words.group("port"), PORT))));
  }

  private static String or(@Nullable String given, String standard) {
    return given == null ? standard : given;
  }

  private static RegistrarEngine engine(List<String> voters, Setting setting) {
    if (!voters.isEmpty()) {
      return engine(new Discovery.Listed(voters), setting);
    }
    return (node, address) ->
        engine(new Discovery.Listed(List.of(address)), setting).open(node, address);
  }

  private static RegistrarEngine engine(Discovery discovery, Setting setting) {
    JGroupsSpec spec =
        new JGroupsSpec(
            discovery,
            setting.folder(),
            setting.secret(),
            setting.certificates(),
            SessionTiming.standard());
    return (node, address) -> JGroupsRegistrar.open(node, spec, address);
  }

  private static List<String> listed(String words) {
    if (!words.startsWith("@")) {
      return List.of(words.split(","));
    }
    try {
      return Files.readAllLines(Path.of(words.substring(1))).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(words.substring(1) + " cannot be read: " + e, e);
    }
  }
}
