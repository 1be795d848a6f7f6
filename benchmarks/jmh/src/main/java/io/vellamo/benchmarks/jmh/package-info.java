/**
 * JMH benchmarks of the hot code paths, each measured alone. Benchmark classes are public and not
 * final, since JMH extends them.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.jmh.ShardEpochBenchmark}, {@link
 * io.vellamo.benchmarks.jmh.MeasuredOperator}, {@link io.vellamo.benchmarks.jmh.EpochFeed}, {@link
 * io.vellamo.benchmarks.jmh.BareShard}.
 */
@NullMarked
package io.vellamo.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
