/**
 * Three workloads that are fixed down to each row, so that any engine can run them: their input,
 * their rows, and what is measured.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.workload.Workload}, {@link
 * io.vellamo.benchmarks.workload.DataSet}, {@link io.vellamo.benchmarks.workload.Engine}, {@link
 * io.vellamo.benchmarks.workload.RunMeter}.
 */
@NullMarked
package io.vellamo.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
