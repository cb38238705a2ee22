/// Forks, rounds and medians.
///
/// The [Conductor][dev.kith.bench.measure.Conductor] starts forks, as many as the
/// [Effort][dev.kith.bench.measure.Effort] allows, and tells the
/// [Progress][dev.kith.bench.measure.Progress]. In each runs
/// [Forked][dev.kith.bench.measure.Forked]. What comes of it is a
/// [Result][dev.kith.bench.measure.Result] for each subject and benchmark, with a
/// [Spread][dev.kith.bench.measure.Spread] for each metric.
@NullMarked
package dev.kith.bench.measure;

import org.jspecify.annotations.NullMarked;
