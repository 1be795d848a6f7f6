/**
 * The hot pieces, each measured alone by JMH. Classes of benchmarks are public and not final, as
 * JMH extends them.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.jmh.ShardEpochBenchmark}, {@link
 * io.vellamo.benchmarks.jmh.MeasuredOperator}, {@link io.vellamo.benchmarks.jmh.EpochFeed}, {@link
 * io.vellamo.benchmarks.jmh.BareShard}.
 */
@NullMarked
package io.vellamo.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
