/// What the JDK has: a virtual thread and a queue for each process.
/// [ThreadSubject][dev.kith.bench.threads.ThreadSubject] runs what can be run with that.
@NullMarked
package dev.kith.bench.threads;

import org.jspecify.annotations.NullMarked;
