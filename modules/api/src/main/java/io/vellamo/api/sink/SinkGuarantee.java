package io.vellamo.api.sink;

/**
 * The guarantee of a sink if an epoch is written again after a crash.
 *
 * @since 0.1
 */
public enum SinkGuarantee {
  /**
   * Writing an epoch twice has the same effect as writing it once, by (query, epoch) or by row id.
   */
  IDEMPOTENT,

  /** The rows and the epoch's number are written atomically, and a second write is rejected. */
  TRANSACTIONAL,

  /** The rows of an epoch that was not committed are written again. */
  AT_LEAST_ONCE
}
