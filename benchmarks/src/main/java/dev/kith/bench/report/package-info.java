/// Results for people ([Table][dev.kith.bench.report.Table]) and for programs
/// ([Json][dev.kith.bench.report.Json]).
@NullMarked
package dev.kith.bench.report;

import org.jspecify.annotations.NullMarked;
