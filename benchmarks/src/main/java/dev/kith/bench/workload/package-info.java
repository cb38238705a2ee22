/// What is done, timed and checked, whoever does it.
///
/// A [Workload][dev.kith.bench.workload.Workload] does some work and says how it went in
/// [Figures][dev.kith.bench.workload.Figures]. Of each kind there is an interface, which a
/// [Subject][dev.kith.bench.workload.Subject] implements or leaves out with a reason
/// ([Offer][dev.kith.bench.workload.Offer]):
///
/// - messages: [Pairs][dev.kith.bench.workload.Pairs], [FanIn][dev.kith.bench.workload.FanIn],
///   [Ring][dev.kith.bench.workload.Ring];
/// - requests: [Calls][dev.kith.bench.workload.Calls], [Asks][dev.kith.bench.workload.Asks],
///   [Latency][dev.kith.bench.workload.Latency] by its
///   [Timetable][dev.kith.bench.workload.Timetable] beside a
///   [Nuisance][dev.kith.bench.workload.Nuisance];
/// - lives and ends: [Spawns][dev.kith.bench.workload.Spawns],
///   [Skynet][dev.kith.bench.workload.Skynet], [Restarts][dev.kith.bench.workload.Restarts],
///   [Downs][dev.kith.bench.workload.Downs], [Idle][dev.kith.bench.workload.Idle];
/// - time: [Timers][dev.kith.bench.workload.Timers].
///
/// For their authors: [Stopwatch][dev.kith.bench.workload.Stopwatch],
/// [Check][dev.kith.bench.workload.Check], [Tally][dev.kith.bench.workload.Tally],
/// [Patience][dev.kith.bench.workload.Patience] and
/// [VirtualThreads][dev.kith.bench.workload.VirtualThreads].
@NullMarked
package dev.kith.bench.workload;

import org.jspecify.annotations.NullMarked;
