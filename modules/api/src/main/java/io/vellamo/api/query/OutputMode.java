package io.vellamo.api.query;

/**
 * How the rows of an epoch relate to the rows of earlier ones.
 *
 * @since 0.1
 */
public enum OutputMode {
  /** A row is final: it is emitted once and never replaced. */
  APPEND,

  /** A row replaces the one emitted before for the same group. */
  UPDATE,

  /** Every epoch emits the whole result; needs an aggregation. */
  COMPLETE
}
