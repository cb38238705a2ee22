/// Pekko, with the [Dispatcher][dev.kith.bench.pekko.Dispatcher] that suits the benchmark best.
///
/// `classic` and `typed` hold the workloads in Pekko's two languages; both send with `tell`
/// wherever that will do.
@NullMarked
package dev.kith.bench.pekko;

import org.jspecify.annotations.NullMarked;
