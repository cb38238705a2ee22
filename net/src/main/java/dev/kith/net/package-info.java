/// Netty's pipes: HTTP and WebSocket on one port, and links between nodes.
///
/// Read in this order:
///
/// - [WebServer]: listens, serves a [Site][dev.kith.wire.web.Site], stops in order. Whether it
///   could [start][WebServer.Start] is a value, not an exception.
/// - [ServerSettings]: where to listen and every limit: [ConnectionLimits], [HttpLimits],
///   [MessageLimits], [OutboundLimits], [OutboundBudget], [RateLimit], [Timing]; [Loopback] says
///   whether limits hold for this very machine.
/// - [ServerCounts] and [Refusal]: what happened, and what was refused and why. Nothing is dropped
///   without being counted there.
/// - [Ticker]: the clock that all waiting goes by.
/// - [LinkTransport]: links to other nodes, over TCP or [Tls]; each is a `SocketStream`, and
///   `NotItself`.
///
/// Behind them, in the order in which bytes meet them: `Doorman` lets connections in, `HttpFront`
/// answers requests and opens pipes, `Inflow` with its `MessageReader` turns bytes into messages,
/// `SocketPipe` is the pipe, `Outflow` with its bounded `Outbox` takes messages to the socket as
/// `Parcel`s, `NetLoop` is the loop that owns all of them, and its `Allowance` says how much all of
/// them may keep waiting.
///
/// The invariant to remember: **everything about a connection is a plain field of its loop.** There
/// is no lock on the way of a message, and one flush after each burst.
///
/// Deliberately absent: compression of WebSockets (a context costs more memory than fifty
/// connections), TLS towards clients and HTTP/2 (a proxy's business for now), native transports.
package dev.kith.net;
