package dev.kith.registrar.jgroups;

import dev.kith.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Link addresses of this machine whose registrar ports nobody has.
final class Ports {
  private static final int ABOVE = 1_000;

  private Ports() {}

  static List<String> free(int count) {
    try {
      return Loopback.freePorts(count).stream().map(port -> "127.0.0.1:" + (port - ABOVE)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
