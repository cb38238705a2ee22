package dev.kith.cluster;

/// How much may wait on the way to another node, how long one signal may be, and how many may
/// connect who have proved nothing yet.
///
/// Senders share sixteen lanes by their serials; what waits is counted lane by lane, so that a
/// sender is slowed down by what it has sent itself, and by few others.
///
/// @param crowded bytes in a lane from which on whoever sends there gets no further message until
///   half of them have gone (SIG-9)
/// @param full bytes in a lane from which on messages, requests, spawns and broadcasts are dropped
///   and counted `LINK_FULL`
/// @param signal bytes that one signal may have
/// @param compressFrom pieces of at least so many bytes, up to 64 KiB, are compressed on their way
///   to another machine, if that makes them smaller; 0 never
/// @param strangers connections from others that have not proved anything yet; each has as long for
///   that as silence is borne ([Heartbeat#bound]), and more of them are closed at once
/// @param arrivals connections from others in a second, and at once; more are closed at once
public record LinkLimits(
    int crowded, int full, int signal, int compressFrom, int strangers, int arrivals) {
  private static final LinkLimits STANDARD =
      new LinkLimits(4 << 20, 64 << 20, 128 << 20, 16 << 10, 64, 100);

  /// The limits must be in their order.
  public LinkLimits {
    if (crowded <= 0 || full <= crowded || signal <= 0 || compressFrom < 0) {
      throw new IllegalArgumentException(
          "crowded %d, full %d, signal %d, compress from %d"
              .formatted(crowded, full, signal, compressFrom));
    }
    if (strangers <= 0 || arrivals <= 0) {
      throw new IllegalArgumentException(
          "strangers %d, arrivals %d".formatted(strangers, arrivals));
    }
  }

  /// 4 MiB, 64 MiB, 128 MiB; pieces from 16 KiB on are compressed; 64 strangers, 100 arrivals in a
  /// second.
  public static LinkLimits standard() {
    return STANDARD;
  }

  /// The same with other bounds on what waits.
  public LinkLimits withBounds(int crowdedBytes, int fullBytes) {
    return new LinkLimits(crowdedBytes, fullBytes, signal, compressFrom, strangers, arrivals);
  }

  /// The same with another length of a signal.
  public LinkLimits withSignal(int bytes) {
    return new LinkLimits(crowded, full, bytes, compressFrom, strangers, arrivals);
  }

  /// The same with compression from another size on.
  public LinkLimits withCompressFrom(int bytes) {
    return new LinkLimits(crowded, full, signal, bytes, strangers, arrivals);
  }

  /// The same with another number of connections that have not proved anything.
  public LinkLimits withStrangers(int most) {
    return new LinkLimits(crowded, full, signal, compressFrom, most, arrivals);
  }

  /// The same with another number of connections in a second.
  public LinkLimits withArrivals(int perSecond) {
    return new LinkLimits(crowded, full, signal, compressFrom, strangers, perSecond);
  }
}
