package io.vellamo.actors.shard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many groups the shards of an actor system may keep live: a fixed number for each shard, or a
 * number for all of them, which they share alike.
 *
 * <p>A shard asks at each round of calls, so the shards of a query that starts take their part from
 * those that run.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class ActiveGroups {
  /** Fewer would make a round of calls of each few events. */
  private static final int LEAST_OF_A_SHARD = 16;

  private final int most;
  private final boolean isShared;
  private final AtomicInteger shards = new AtomicInteger();

  private ActiveGroups(int most, boolean isShared) {
    this.most = most;
    this.isShared = isShared;
  }

  /** Returns a bound for each shard. */
  public static ActiveGroups ofEachShard(int most) {
    return new ActiveGroups(most, false);
  }

  /** Returns a bound for all shards together. */
  public static ActiveGroups ofAllShards(int most) {
    return new ActiveGroups(most, true);
  }

  /** Notes that shards begin to call groups; {@link #leave} takes it back. */
  public void join(int count) {
    shards.addAndGet(count);
  }

  /** Notes that shards that had joined have stopped. */
  public void leave(int count) {
    shards.addAndGet(-count);
  }

  /** Returns the most groups that a shard may keep live now. */
  public int mostOfAShard() {
    return isShared ? Math.max(LEAST_OF_A_SHARD, most / Math.max(1, shards.get())) : most;
  }
}
