package io.vellamo.api.query;

/**
 * The delivery guarantee of a query from source to sink. Group state itself is always updated
 * exactly once per planned epoch.
 *
 * @since 0.1
 */
public enum DeliveryGuarantee {
  /**
   * Every event is reflected exactly once in state and rows. Requires a replayable source and an
   * idempotent or transactional sink.
   */
  EXACTLY_ONCE,

  /**
   * Every event is reflected exactly once in state; the rows of an epoch may reach the sink again
   * after a crash.
   */
  AT_LEAST_ONCE,

  /** Events in flight are lost in a crash, as the source can't be read again. */
  AT_MOST_ONCE
}
