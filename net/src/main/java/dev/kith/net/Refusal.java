package dev.kith.net;

/// Why something was refused, thrown away or slowed down. Each has a count in [ServerCounts].
public enum Refusal {
  /// A connection beyond the total.
  CONNECTIONS_TOTAL,
  /// A connection beyond what one address may have.
  CONNECTIONS_PER_ADDRESS,
  /// A connection that sent no whole request in time.
  REQUEST_TIMEOUT,
  /// A request that is not HTTP as it should be.
  BAD_REQUEST,
  /// A request whose line, headers or body exceed a limit.
  REQUEST_TOO_LARGE,
  /// A WebSocket that the endpoint did not want.
  NOT_ADMITTED,
  /// An inbound message over the soft limit.
  MESSAGE_OVERSIZED,
  /// A client read more slowly because it sends too fast. Nothing is lost.
  RATE_EXCEEDED,
  /// A client that broke the WebSocket protocol or the hard limit.
  PROTOCOL_VIOLATED,
  /// A client that did not answer pings.
  SILENT,
  /// An outbound queue beyond its bytes.
  OUTBOUND_BYTES,
  /// An outbound queue beyond its number of messages.
  OUTBOUND_FRAMES,
  /// An outbound queue whose oldest message is too old.
  OUTBOUND_AGE,
  /// An outbound queue that was among the largest when there was no room for all of them.
  OUTBOUND_BUDGET,
  /// A message that was queued when its pipe was given up.
  OUTBOUND_ABANDONED,
  /// A message written to a pipe that was closing or closed.
  WRITTEN_TOO_LATE
}
