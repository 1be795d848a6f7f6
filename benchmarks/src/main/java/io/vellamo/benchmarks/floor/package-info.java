/**
 * The workloads in plain Java: what the machine can do at most.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.floor.FloorEngine}, {@link
 * io.vellamo.benchmarks.floor.KeyedLoop}.
 */
@NullMarked
package io.vellamo.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
