package io.vellamo.cluster.shard;

import java.util.UUID;

/**
 * An order to write or commit an epoch at a range of the sink. It may arrive twice.
 *
 * @param number identifies the order among those of its run
 * @param kind the action
 * @param epoch the epoch
 * @param queryId the query's identity
 * @param incarnation the run of the query, which the sink knows as the owner
 * @param ranges the number of ranges, which is that of the shards of each operator
 */
record RangeOrder(long number, Kind kind, long epoch, UUID queryId, long incarnation, int ranges) {
  /** The action. */
  enum Kind {
    /** To write the rows of the shard. */
    WRITE,
    /** To write that the epoch has no rows, as the shard had no part in it. */
    WRITE_NOTHING,
    /** To commit. */
    COMMIT
  }
}
