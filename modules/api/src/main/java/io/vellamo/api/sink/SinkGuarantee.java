package io.vellamo.api.sink;

/**
 * What a sink promises when an epoch is written to it again after a crash.
 *
 * @since 0.1
 */
public enum SinkGuarantee {
  /** Writing an epoch twice equals writing it once, by (query, epoch) or by row id. */
  IDEMPOTENT,

  /**
   * The rows and the epoch's number are written together or not at all, and a second write is
   * refused.
   */
  TRANSACTIONAL,

  /** The rows of an epoch that was not committed are written again. */
  AT_LEAST_ONCE
}
