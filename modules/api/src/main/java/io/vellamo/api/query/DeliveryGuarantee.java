package io.vellamo.api.query;

/**
 * What a query promises from source to sink. Group state itself is always applied exactly once per
 * planned epoch.
 *
 * @since 0.1
 */
public enum DeliveryGuarantee {
  /**
   * Every event is reflected once in state and rows: a replayable source, an idempotent or
   * transactional sink.
   */
  EXACTLY_ONCE,

  /**
   * Every event is reflected once in state; rows of an epoch may reach the sink again after a
   * crash.
   */
  AT_LEAST_ONCE,

  /** The source can't be read again: events in flight at a crash are lost. */
  AT_MOST_ONCE
}
