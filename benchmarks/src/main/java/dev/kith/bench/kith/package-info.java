/// Kith's side of the workloads: [KithSubject][dev.kith.bench.kith.KithSubject].
@NullMarked
package dev.kith.bench.kith;

import org.jspecify.annotations.NullMarked;
