package io.vellamo.engine.epoch;

import io.vellamo.engine.time.Watermark;

/**
 * The state of one of a query's watermarks.
 *
 * @param watermark the value to which its events have advanced it
 * @param lastEventMillis the processing time of the last epoch in which it saw an event, or of the
 *     first epoch
 */
public record InputWatermark(Watermark watermark, long lastEventMillis) {}
