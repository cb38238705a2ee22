package dev.kith.registrar.jgroups;

import dev.kith.cluster.RegistrarProvider;
import dev.kith.cluster.registrar.RegistrarEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `jgroups`: nodes that agree among themselves.
///
/// - `jgroups:static:HOST:PORT,…`: these vote; link addresses, the same list at all nodes.
/// - `jgroups:static:@FILE`: the same, one in each line of a file; empty lines and those that begin
///   with `#` are skipped.
/// - `jgroups:dns:NAME`: those that the name service has under a name like `_kith._tcp.example.org`
///   (SRV) when the node starts; `NAME@SERVER:PORT` asks that server.
/// - `jgroups`: those that the node was told to join; itself alone if there are none.
public final class JGroupsProvider implements RegistrarProvider {
  private static final String STATIC = "static:";
  private static final String DNS = "dns:";

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
    throw new IllegalArgumentException(
        "jgroups:static:HOST:PORT,…, jgroups:static:@FILE or jgroups:dns:NAME, not jgroups:"
            + words);
  }

  private static RegistrarEngine engine(List<String> voters, Setting setting) {
    voters.forEach(Voters::check);
    return (node, address) -> {
      List<String> all = voters.isEmpty() ? List.of(address) : voters;
      return JGroupsRegistrar.open(
          node, JGroupsSpec.of(all, setting.folder()).withSecret(setting.secret()), address);
    };
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
