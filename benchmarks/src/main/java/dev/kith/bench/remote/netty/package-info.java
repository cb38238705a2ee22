/// The least that can be had: frames of bytes over Netty, with flushes gathered, and nothing else:
/// no processes, no encoding, no order to keep but the socket's.
///
/// [NettySubject][dev.kith.bench.remote.netty.NettySubject] is the near side,
/// [NettyFar][dev.kith.bench.remote.netty.NettyFar] the other.
@NullMarked
package dev.kith.bench.remote.netty;

import org.jspecify.annotations.NullMarked;
