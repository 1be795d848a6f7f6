/**
 * Benchmarks of queries.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.compare.Benchmark}, {@link
 * io.vellamo.benchmarks.FileThroughput}, {@link io.vellamo.benchmarks.RecoveryTime}.
 */
@NullMarked
package io.vellamo.benchmarks;

import org.jspecify.annotations.NullMarked;
