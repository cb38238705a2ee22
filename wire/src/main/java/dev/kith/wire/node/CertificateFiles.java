package dev.kith.wire.node;

import java.nio.file.Path;

/// By what a node is known, and whom it believes: files in the PEM format.
///
/// @param chain the node's own certificate, and those that it was signed with
/// @param key its private key, in PKCS#8, not encrypted
/// @param trusted the authorities that others' certificates are signed by
public record CertificateFiles(Path chain, Path key, Path trusted) {
  @Override
  public String toString() {
    return "certificates in %s, %s, %s".formatted(chain, key, trusted);
  }
}
