package io.vellamo.api.query;

/**
 * The relation of an epoch's rows to the rows of earlier epochs.
 *
 * @since 0.1
 */
public enum OutputMode {
  /** A row is final; no later row replaces it. */
  APPEND,

  /** A row replaces earlier rows of the same group. */
  UPDATE,

  /** Every epoch emits the whole result. Requires an aggregation. */
  COMPLETE
}
