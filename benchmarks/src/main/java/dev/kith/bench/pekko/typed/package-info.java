/// Pekko's typed side of the workloads: [TypedSubject][dev.kith.bench.pekko.typed.TypedSubject].
@NullMarked
package dev.kith.bench.pekko.typed;

import org.jspecify.annotations.NullMarked;
