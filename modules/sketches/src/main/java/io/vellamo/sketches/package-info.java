/**
 * Approximate aggregates: distinct counts and percentiles whose memory does not grow with the
 * number of events.
 *
 * <p>Start with {@link io.vellamo.sketches.Sketches}.
 */
@NullMarked
package io.vellamo.sketches;

import org.jspecify.annotations.NullMarked;
