package io.vellamo.actors.shard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of groups that the shards of an actor system may keep live: a fixed number for each
 * shard, or a total that they share equally.
 *
 * <p>A shard reads its bound at each round of calls, so when a query starts, its shards take their
 * share from those of running queries.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class ActiveGroups {
  /** With fewer, every few events would need a round of calls. */
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

  /** Adds shards that begin to call groups; {@link #leave} removes them. */
  public void join(int count) {
    shards.addAndGet(count);
  }

  /** Removes shards that have stopped. */
  public void leave(int count) {
    shards.addAndGet(-count);
  }

  /** Returns the most groups that a shard may keep live now. */
  public int mostOfAShard() {
    return isShared ? Math.max(LEAST_OF_A_SHARD, most / Math.max(1, shards.get())) : most;
  }
}
