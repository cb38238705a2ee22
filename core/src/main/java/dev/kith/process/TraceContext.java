package dev.kith.process;

/// Which distributed trace a message belongs to: the fields of W3C's `traceparent`.
///
/// A message sent while a traced one is handled carries the same context on; a process that is not
/// traced pays nothing. See <https://www.w3.org/TR/trace-context/>.
///
/// @param traceHigh the trace id's upper 64 bits
/// @param traceLow the trace id's lower 64 bits
/// @param span the id of the span that caused the message
/// @param flags the trace flags; bit 0 is *sampled*
public record TraceContext(long traceHigh, long traceLow, long span, byte flags) {}
