package io.vellamo.engine.protocol.query;

/**
 * The rule by which a shard, or a coordinator in a cluster, that has stopped is started again.
 *
 * <p>A shard has worked again once it has run an epoch, or has been open for longer than the
 * longest delay without being asked to. Until then each delay is twice the preceding one.
 *
 * @param leastBackoffMillis the delay before the first start
 * @param mostBackoffMillis the longest delay
 * @param giveUpMillis the time after which the query fails if the shard still does not work
 */
public record ShardRestarts(long leastBackoffMillis, long mostBackoffMillis, long giveUpMillis) {
  /** No restart: a shard that stops fails the query. */
  public static final ShardRestarts NONE = new ShardRestarts(0, 0, 0);

  /**
   * Returns the delay before a start.
   *
   * @param failures the number of times that the shard has stopped since it last worked, at least 1
   */
  public long backoffMillis(int failures) {
    int doublings =
        Math.min(failures - 1, Long.numberOfLeadingZeros(Math.max(leastBackoffMillis, 1)) - 2);
    return Math.min(leastBackoffMillis << doublings, mostBackoffMillis);
  }
}
