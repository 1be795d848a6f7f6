package io.vellamo.engine.time;

/**
 * The largest event time of an epoch that moves the watermark, and the position of its event.
 *
 * @param millis the event time
 * @param range the index, in the epoch's plan, of the range that the event came from
 * @param offset the event's offset
 */
public record NewestEventTime(long millis, int range, long offset) {}
