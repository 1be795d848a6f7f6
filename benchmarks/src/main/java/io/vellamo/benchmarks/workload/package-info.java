/**
 * Workloads that any engine can run, since every row is specified: their input, their expected
 * rows, and their measurement.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.workload.Workload}, {@link
 * io.vellamo.benchmarks.workload.DataSet}, {@link io.vellamo.benchmarks.workload.Engine}, {@link
 * io.vellamo.benchmarks.workload.RunMeter}.
 */
@NullMarked
package io.vellamo.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
