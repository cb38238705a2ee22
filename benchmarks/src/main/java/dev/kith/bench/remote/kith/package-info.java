/// Kith between JVMs.
///
/// [KithSubjects][dev.kith.bench.remote.kith.KithSubjects] is the near side,
/// [KithFar][dev.kith.bench.remote.kith.KithFar] the other.
@NullMarked
package dev.kith.bench.remote.kith;

import org.jspecify.annotations.NullMarked;
