/// The least that can be had: mailboxes on a `ForkJoinPool`, and nothing else.
/// [PoolSubject][dev.kith.bench.fjp.PoolSubject] runs what can be run with that.
@NullMarked
package dev.kith.bench.fjp;

import org.jspecify.annotations.NullMarked;
