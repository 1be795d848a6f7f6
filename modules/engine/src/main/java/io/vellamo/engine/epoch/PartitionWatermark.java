package io.vellamo.engine.epoch;

import io.vellamo.engine.time.Watermark;

/**
 * The watermark of a partition of a source.
 *
 * @param watermark the value to which its events have advanced it
 * @param lastEventMillis the processing time of the last epoch in which it saw an event
 */
public record PartitionWatermark(Watermark watermark, long lastEventMillis) {}
