/**
 * The workloads as queries, written as in an application.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.vellamo.VellamoEngine}, {@link
 * io.vellamo.benchmarks.vellamo.CloseInTime}, {@link io.vellamo.benchmarks.vellamo.PartsSource}.
 */
@NullMarked
package io.vellamo.benchmarks.vellamo;

import org.jspecify.annotations.NullMarked;
