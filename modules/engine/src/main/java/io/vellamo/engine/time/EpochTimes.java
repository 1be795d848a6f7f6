package io.vellamo.engine.time;

/**
 * The clocks of one epoch. They stand still while it runs, and read the same when it runs again.
 *
 * @param epoch the epoch's number, from 1
 * @param processingTimeMillis when it was planned
 * @param watermark fires event-time timers
 * @param lateWatermark the watermark of the epoch before; decides which events are late
 */
public record EpochTimes(
    long epoch, long processingTimeMillis, Watermark watermark, Watermark lateWatermark) {}
