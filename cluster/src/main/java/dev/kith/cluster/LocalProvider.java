package dev.kith.cluster;

import dev.kith.cluster.registrar.LocalRegistry;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.process.Node;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/// `local`: a node that is the only member it knows. Tokens begin anew with the node, not with what
/// speaks for it.
public final class LocalProvider implements RegistrarProvider {
  /// For [java.util.ServiceLoader].
  public LocalProvider() {}

  @Override
  public String name() {
    return "local";
  }

  @Override
  public RegistrarEngine engine(String words, Setting setting) {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("'local' has nothing behind it, not ':" + words + "'");
    }
    return alone();
  }

  static RegistrarEngine alone() {
    return new Alone();
  }

  /// For each node a registry of its own.
  private static final class Alone implements RegistrarEngine {
    private final Map<Node, LocalRegistry> registries =
        Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public Registrar open(Node node, String address) {
      return registries
          .computeIfAbsent(node, of -> new LocalRegistry(of.clock(), SessionTiming.standard()))
          .registrar();
    }
  }
}
