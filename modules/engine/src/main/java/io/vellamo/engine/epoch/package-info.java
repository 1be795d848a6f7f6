/**
 * The record of a query between epochs, the decision on its next epoch, and the rule by which its
 * watermark follows those of its streams.
 *
 * <p>Read first: {@link io.vellamo.engine.epoch.EpochPlanner}, {@link
 * io.vellamo.engine.epoch.QueryLedger}, {@link io.vellamo.engine.epoch.WatermarkRule}.
 */
@NullMarked
package io.vellamo.engine.epoch;

import org.jspecify.annotations.NullMarked;
