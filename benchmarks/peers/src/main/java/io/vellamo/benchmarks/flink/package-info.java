/**
 * The workloads on Apache Flink, written as its users would write them, and tuned where that takes
 * one line.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.flink.FlinkEngine}, {@link
 * io.vellamo.benchmarks.flink.FlinkJobs}, {@link io.vellamo.benchmarks.flink.PartSource}.
 */
@NullMarked
package io.vellamo.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
