/**
 * The workloads in plain Java: an upper bound of the machine's throughput.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.floor.FloorEngine}, {@link
 * io.vellamo.benchmarks.floor.KeyedLoop}.
 */
@NullMarked
package io.vellamo.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
