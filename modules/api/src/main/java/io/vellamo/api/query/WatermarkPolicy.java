package io.vellamo.api.query;

/**
 * The rule that combines the watermarks of several {@code withWatermark} calls into the one
 * watermark of a query.
 *
 * <p>The policy is fixed by the first start of the query, like Spark's {@code
 * multipleWatermarkPolicy}.
 *
 * @since 0.1
 */
public enum WatermarkPolicy {
  /**
   * The earliest watermark, which is the default. No stream's events are late because another
   * stream is ahead.
   */
  MIN,

  /**
   * The latest watermark. A slow stream does not hold back the watermark, and its events may be
   * late.
   */
  MAX
}
