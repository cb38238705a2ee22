/// What nodes say to each other, as bytes: `docs/protocol.md` in code.
///
/// Read in this order:
///
/// - [Transport]: how nodes reach each other, and what a new kind of carrier must provide: it makes
///   a [ByteStream] and tells its [ByteStreamListener]. Over TLS a node is known by its
///   [CertificateFiles].
/// - [Frame]: what flows over a stream, written by [FrameWriter] and read by [FrameReader].
/// - [Handshake]: how two nodes get to know each other. Each says a [Hello]; it ends well or with a
///   [Refusal].
/// - [Conversation]: what is said after that; an [Introduction] is how every two meet. Signals are
///   written by [SignalWriter] into the lanes of an [Outbound], as an [Output] holds them.
/// - [Types] (compared by their [Bits256]): which messages may pass; a [Codec] turns them into
///   bytes, [Payloads] are both for one connection.
///
/// The invariant to remember: **nothing that comes is believed.** A length is looked at before
/// anything is made for it, a type before its bytes, and what is wrong ends its connection and
/// nothing else.
///
/// Deliberately absent: sockets and clocks (`dev.kith.net` and the simulated world have them), and
/// everything about who is a member.
package dev.kith.wire.node;
