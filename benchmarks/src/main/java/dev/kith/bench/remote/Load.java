package dev.kith.bench.remote;

/// What is sent one way, and how far the sender may be ahead: the same for all.
public enum Load {
  /// A record of about a hundred bytes, where there are records.
  RECORD_100(100, 1_024),

  /// A thousand bytes.
  BYTES_1K(1_000, 256),

  /// Sixty-four thousand bytes.
  BYTES_64K(64_000, 16);

  /// Batches that may be on their way.
  public static final int BATCHES_AHEAD = 8;

  private final int bytes;
  private final int batch;

  Load(int bytes, int batch) {
    this.bytes = bytes;
    this.batch = batch;
  }

  /// How many bytes a message is about.
  public int bytes() {
    return bytes;
  }

  /// How many messages the receiver acknowledges together.
  public int batch() {
    return batch;
  }
}
