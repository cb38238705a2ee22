package dev.kith.cluster;

import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.wire.node.CertificateFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Makes engines of one kind of what people write: found by [ServiceLoader], so a program gets
/// engines by the jars it is started with.
public interface RegistrarProvider {
  /// What the description of such an engine begins with.
  String name();

  /// An engine for one node.
  ///
  /// @param words what stands behind the name and its colon
  /// @throws IllegalArgumentException if that makes no sense, with words for whoever wrote it
  RegistrarEngine engine(String words, Setting setting);

  /// What an engine may want to know of the node.
  ///
  /// @param join the link addresses the node was told to join; perhaps its own is among them
  /// @param folder where it may keep what must outlive it
  /// @param secret what all nodes know
  /// @param certificates what the node shows on its links; none without TLS
  record Setting(
      List<String> join, Path folder, Secret secret, Optional<CertificateFiles> certificates) {
    public Setting {
      join = List.copyOf(join);
    }
  }

  /// An engine by its description, `name` or `name:words`, as in `zookeeper:db1:2181,db2:2181`.
  ///
  /// @throws IllegalArgumentException if there is none of that name, or its words make no sense
  static RegistrarEngine engineOf(String description, Setting setting) {
    String name = description.replaceFirst(":.*", "");
    String words = description.substring(Math.min(name.length() + 1, description.length()));
    List<RegistrarProvider> all =
        ServiceLoader.load(RegistrarProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    Optional<RegistrarProvider> provider =
        all.stream().filter(one -> one.name().equals(name)).findFirst();
    if (provider.isEmpty()) {
      List<String> known = all.stream().map(RegistrarProvider::name).sorted().toList();
      throw new IllegalArgumentException(
          "no registrar is called '%s'; there are %s".formatted(name, String.join(", ", known)));
    }
    return provider.get().engine(words, setting);
  }
}
