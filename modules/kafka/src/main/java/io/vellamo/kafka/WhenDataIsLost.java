package io.vellamo.kafka;

/**
 * The reaction to records that Kafka deleted before the query read them: by retention, by a
 * truncation of the partition, or with a topic that was deleted and created again.
 *
 * @since 0.1
 */
public enum WhenDataIsLost {
  /** The query fails, and the message names the partition and the offsets. The default. */
  FAIL,

  /**
   * The query continues with the records that exist. Each gap is a dead letter whose reason says
   * how many offsets were skipped, so that gaps are counted and visible. While a topic that the
   * query has read is missing, the query waits for it, see {@link
   * io.vellamo.api.query.RetryPolicy}.
   */
  CONTINUE
}
