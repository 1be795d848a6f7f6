package io.vellamo.engine.epoch;

import io.vellamo.engine.time.Watermark;

/**
 * Where one of a query's watermarks stands.
 *
 * @param watermark how far its events have carried it
 * @param lastEventMillis the processing time of the last epoch in which it saw an event, or of the
 *     first epoch
 */
public record InputWatermark(Watermark watermark, long lastEventMillis) {}
