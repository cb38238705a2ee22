/// Kith beside its peers: the same workloads in the same run.
///
/// # What to read, in order
///
/// 1. [Main][dev.kith.bench.Main] is `./kith bench`.
/// 2. [Workload][dev.kith.bench.workload.Workload] and the interfaces below it say what is done,
///    how it is timed and how it is checked: one for each kind of benchmark.
/// 3. [Benchmark][dev.kith.bench.catalogue.Benchmark] names all there is to measure, and
///    [Contestant][dev.kith.bench.catalogue.Contestant] who takes part.
/// 4. [Conductor][dev.kith.bench.measure.Conductor] runs it, and its essay says how measuring is
///    done: why interleaved, why medians, what is warmed up, what is not compared.
/// 5. [Table][dev.kith.bench.report.Table] prints it.
/// 6. [RemoteSubject][dev.kith.bench.remote.RemoteSubject] is the same between JVMs.
///
/// The subjects are in packages of their own and know nothing of each other: `kith`, `pekko.typed`,
/// `pekko.classic`, `fjp` (the least that can be had on a `ForkJoinPool`) and `threads` (a virtual
/// thread and a queue for each process).
///
/// # The one invariant
///
/// Time is taken, and work is checked, outside of the subjects: what is here for one is here for
/// all.
@NullMarked
package dev.kith.bench;

import org.jspecify.annotations.NullMarked;
