package io.vellamo.api.query;

/**
 * What the watermarks of several {@code withWatermark} make together: a query has one watermark.
 *
 * <p>Fixed when the query is first started, as Spark's {@code multipleWatermarkPolicy} is.
 *
 * @since 0.1
 */
public enum WatermarkPolicy {
  /** The earliest: no stream's events are late because another is ahead. The default. */
  MIN,

  /** The latest: a slow stream holds nothing back, and its events may be late. */
  MAX
}
