package dev.kith.wire.node;

import dev.kith.process.NodeName;
import java.util.Objects;

/// What a node says of itself when it meets another.
///
/// @param versionMin the oldest version of the protocol that it speaks
/// @param versionMax the newest
/// @param features what else it can do, a bit each
/// @param node its name
/// @param incarnation which life of it
/// @param address where others reach it; empty if they cannot
/// @param codec how it writes messages
/// @param types the hash of the types it knows
/// @param tickMillis how often it sends a sign of life
/// @param ticks how many of them may be missing
/// @param signalMax how long a signal may be that it takes, in bytes
/// @param nonce a number that it has never sent before
public record Hello(
    int versionMin,
    int versionMax,
    long features,
    NodeName node,
    int incarnation,
    String address,
    String codec,
    Bits256 types,
    int tickMillis,
    int ticks,
    int signalMax,
    Bits256 nonce) {
  /// The version of the protocol that this code speaks.
  public static final int VERSION = 1;

  private static final int MAGIC = 0x4B495448; // "KITH"
  private static final int TEXT_MAX = 1_024;

  /// What it says must have its form; whether it fits is for the [Handshake] to say.
  public Hello {
    Objects.requireNonNull(node);
    Objects.requireNonNull(address);
    Objects.requireNonNull(codec);
    Objects.requireNonNull(types);
    Objects.requireNonNull(nonce);
    check(versionMin > 0 && versionMin <= versionMax, "versions");
    check(incarnation > 0, "incarnation");
    check(tickMillis > 0 && ticks > 1 && signalMax > 0, "ticks or size");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("a hello with wrong " + what);
    }
  }

  byte[] encode() {
    Output out = new Output();
    out.u32(MAGIC);
    out.var(versionMin);
    out.var(versionMax);
    out.u64(features);
    out.text(node.text());
    out.u32(incarnation);
    out.text(address);
    out.text(codec);
    types.write(out);
    out.var(tickMillis);
    out.var(ticks);
    out.var(signalMax);
    nonce.write(out);
    return out.copy();
  }

  /// Reads one; what a later version has added at the end is passed over.
  static Hello decode(byte[] body) {
    Input in = new Input(body);
    if (in.u32() != MAGIC) {
      throw new Malformed("this is no Kith node");
    }
    try {
      return new Hello(
          in.var(Integer.MAX_VALUE),
          in.var(Integer.MAX_VALUE),
          in.u64(),
          NodeName.of(in.text(TEXT_MAX)),
          in.u32(),
          in.text(TEXT_MAX),
          in.text(TEXT_MAX),
          Bits256.read(in),
          in.var(Integer.MAX_VALUE),
          in.var(Integer.MAX_VALUE),
          in.var(Integer.MAX_VALUE),
          Bits256.read(in));
    } catch (IllegalArgumentException e) {
      throw new Malformed("a hello that makes no sense: " + e.getMessage());
    }
  }

  /// Whether it knows the same types.
  boolean knowsTypesOf(Hello other) {
    return types.equals(other.types);
  }

  @Override
  public String toString() {
    return "%s (life %d, version %d)".formatted(node, incarnation, versionMax);
  }
}
