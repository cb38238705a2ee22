/// All there is: each [Benchmark][dev.kith.bench.catalogue.Benchmark] with its
/// [Metric][dev.kith.bench.catalogue.Metric]s, the [Amount][dev.kith.bench.catalogue.Amount] of
/// work in a round and Kith's [Aim][dev.kith.bench.catalogue.Aim], and each
/// [Contestant][dev.kith.bench.catalogue.Contestant].
///
/// Benchmarks belong to a [Suite][dev.kith.bench.catalogue.Suite]; a
/// [Goal][dev.kith.bench.catalogue.Goal] is an aim in one of a benchmark's metrics.
@NullMarked
package dev.kith.bench.catalogue;

import org.jspecify.annotations.NullMarked;
