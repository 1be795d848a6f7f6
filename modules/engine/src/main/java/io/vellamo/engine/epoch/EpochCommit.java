package io.vellamo.engine.epoch;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.time.Watermark;

/**
 * The end of an epoch: its rows are at the sink.
 *
 * @param epoch the epoch's number
 * @param nextWatermark the watermark of the next epoch
 * @param events the fate of the epoch's events
 */
public record EpochCommit(long epoch, Watermark nextWatermark, EventCounts events) {}
