/// Pekko's classic side of the workloads:
/// [ClassicSubject][dev.kith.bench.pekko.classic.ClassicSubject].
@NullMarked
package dev.kith.bench.pekko.classic;

import org.jspecify.annotations.NullMarked;
