/**
 * The events of the Yahoo streaming benchmark: views and clicks of the ads of campaigns.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.ads.AdEvent}, {@link
 * io.vellamo.benchmarks.ads.AdGenerator}.
 */
@NullMarked
package io.vellamo.benchmarks.ads;

import org.jspecify.annotations.NullMarked;
