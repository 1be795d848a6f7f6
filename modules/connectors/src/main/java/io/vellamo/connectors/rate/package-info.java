/**
 * A source that generates events by the clock, for tests of load and latency.
 *
 * <p>Read first: {@link io.vellamo.connectors.rate.RateSource}, {@link
 * io.vellamo.connectors.rate.RateEvent}.
 */
@NullMarked
package io.vellamo.connectors.rate;

import org.jspecify.annotations.NullMarked;
