/// Workloads between two JVMs on one machine, or three.
///
/// [RemoteSubject][dev.kith.bench.remote.RemoteSubject] makes them:
/// [OneWay][dev.kith.bench.remote.OneWay], of one [Load][dev.kith.bench.remote.Load] or another,
/// [RoundTrips][dev.kith.bench.remote.RoundTrips],
/// [RemoteSpawns][dev.kith.bench.remote.RemoteSpawns], [Broadcast][dev.kith.bench.remote.Broadcast]
/// and [NodeDown][dev.kith.bench.remote.NodeDown].
///
/// The fork that is measured has the near side; it starts a JVM for each far side
/// ([FarSide][dev.kith.bench.remote.FarSide]), whose program is [Far][dev.kith.bench.remote.Far],
/// with the same flags, and which ends with it.
@NullMarked
package dev.kith.bench.remote;

import org.jspecify.annotations.NullMarked;
