package io.vellamo.api.query;

/**
 * The delivery guarantee of a query from source to sink. Group state itself is always updated
 * exactly once per planned epoch.
 *
 * @since 0.1
 */
public enum DeliveryGuarantee {
  /**
   * Every event is reflected exactly once in state and rows. Requires sources that can be read
   * again or that acknowledge what the query has stored, and an idempotent or transactional sink. A
   * message of an {@link io.vellamo.api.source.AcknowledgingSource} that is sent again counts once
   * as long as its id is remembered, see {@link io.vellamo.api.source.Inbox}.
   */
  EXACTLY_ONCE,

  /**
   * Every event is reflected exactly once in state; the rows of an epoch may reach the sink again
   * after a crash.
   */
  AT_LEAST_ONCE,

  /**
   * Events in flight are lost in a crash, as a source can't be read again and does not wait for
   * them to be stored.
   */
  AT_MOST_ONCE
}
