package dev.kith.cluster;

import dev.kith.cluster.registrar.LocalRegistry;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.cluster.registrar.SessionTiming;

/// `local`: a node that is the only member it knows.
public final class LocalProvider implements RegistrarProvider {
  static final RegistrarEngine ALONE =
      (node, _) -> new LocalRegistry(node.clock(), SessionTiming.standard()).registrar();

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
    return ALONE;
  }
}
