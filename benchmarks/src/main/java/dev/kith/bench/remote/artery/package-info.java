/// Pekko's Artery between JVMs: TCP, records as CBOR, bytes as they are.
///
/// [ArterySubject][dev.kith.bench.remote.artery.ArterySubject] is the near side,
/// [ArteryFar][dev.kith.bench.remote.artery.ArteryFar] the other, and
/// [Talk][dev.kith.bench.remote.artery.Talk] what they say.
@NullMarked
package dev.kith.bench.remote.artery;

import org.jspecify.annotations.NullMarked;
