/**
 * What a query remembers between epochs, the decision which epoch comes next, and how its watermark
 * follows those of its streams.
 *
 * <p>Read first: {@link io.vellamo.engine.epoch.EpochPlanner}, {@link
 * io.vellamo.engine.epoch.QueryLedger}, {@link io.vellamo.engine.epoch.WatermarkRule}.
 */
@NullMarked
package io.vellamo.engine.epoch;

import org.jspecify.annotations.NullMarked;
