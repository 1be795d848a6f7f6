package io.vellamo.engine.time;

import io.vellamo.api.process.TimeDomain;

/**
 * The clocks of one epoch. They are fixed while it runs, and the same when it is replayed.
 *
 * @param epoch the epoch's number, from 1
 * @param processingTimeMillis the time at which it was planned
 * @param watermark fires event-time timers
 * @param lateWatermark the watermark of the preceding epoch; decides which events are late
 */
public record EpochTimes(
    long epoch, long processingTimeMillis, Watermark watermark, Watermark lateWatermark) {
  /** Returns the time of a clock. */
  public long millis(TimeDomain domain) {
    return domain == TimeDomain.EVENT_TIME ? watermark.millis() : processingTimeMillis;
  }

  /** Returns these clocks with another watermark by which events are late. */
  public EpochTimes lateBy(Watermark late) {
    return new EpochTimes(epoch, processingTimeMillis, watermark, late);
  }

  /** Returns these clocks for an operator whose watermark is behind that of the query. */
  public EpochTimes heldBackBy(long millis) {
    return millis == 0
        ? this
        : new EpochTimes(
            epoch,
            processingTimeMillis,
            watermark.heldBackBy(millis),
            lateWatermark.heldBackBy(millis));
  }
}
