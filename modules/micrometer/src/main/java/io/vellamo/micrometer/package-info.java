/**
 * Meters of queries for Micrometer.
 *
 * <p>Read first: {@link io.vellamo.micrometer.VellamoMeters}, {@link
 * io.vellamo.micrometer.QueryMeter}.
 */
@NullMarked
package io.vellamo.micrometer;

import org.jspecify.annotations.NullMarked;
