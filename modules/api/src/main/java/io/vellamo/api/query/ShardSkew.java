package io.vellamo.api.query;

/**
 * The unevenness of an operator's shards: each component is the largest value of a shard, divided
 * by the mean over all shards of the operator. It is 1 if all shards have the same share, the
 * number of shards if one shard has everything, and 0 if there is nothing to share.
 *
 * @param input the skew of the events or rows that the shards received in the epoch
 * @param groups the skew of the groups after the epoch
 * @param bytes the skew of the serialized size after the epoch
 * @param call the skew of the time in calls in the epoch
 * @since 0.1
 */
public record ShardSkew(double input, double groups, double bytes, double call)
    implements JsonReport {
  /** Nothing to share. */
  public static final ShardSkew NONE = new ShardSkew(0, 0, 0, 0);
}
