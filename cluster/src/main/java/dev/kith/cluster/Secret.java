package dev.kith.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// What all nodes of a cluster know and nobody else does. It is never sent, and never printed.
public final class Secret {
  private static final int LENGTH_MIN = 16;
  private static final int KEY_BYTES = 32;
  private static final Secret NONE = new Secret(new byte[0]);

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// None: for nodes of one machine.
  public static Secret none() {
    return NONE;
  }

  /// This text, without white space around it.
  ///
  /// @throws IllegalArgumentException if it has fewer than 16 bytes
  public static Secret of(String text) {
    byte[] bytes = text.strip().getBytes(UTF_8);
    if (bytes.length < LENGTH_MIN) {
      throw new IllegalArgumentException(
          "a cluster secret has at least %d bytes, this one %d"
              .formatted(LENGTH_MIN, bytes.length));
    }
    return new Secret(bytes);
  }

  /// Whether there is none.
  public boolean isNone() {
    return bytes.length == 0;
  }

  /// A key of 32 bytes for something else that the nodes share, from which nobody learns the
  /// secret: HKDF (RFC 5869) with SHA-256.
  ///
  /// @param purpose another one gives another key
  public byte[] derived(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(bytes)
                  .thenExpand(("kith " + purpose).getBytes(UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HKDF with SHA-256", e);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return isNone() ? "no secret" : "a secret";
  }
}
