package io.vellamo.actors;

import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/** The coordinator's view of each shard: when something is due, and how much it keeps. */
final class ShardTable {
  private final NextDue[] due;
  private final ShardSize[] sizes;
  private final long[] owners;
  private int missing;

  ShardTable(int shards) {
    due = new NextDue[shards];
    Arrays.fill(due, NextDue.NEVER);
    sizes = new ShardSize[shards];
    Arrays.fill(sizes, ShardSize.EMPTY);
    owners = new long[shards];
    missing = shards;
  }

  /** Notes the report of a shard that has recovered; returns whether it was the last. */
  boolean opened(ShardReply.Opened reply) {
    due[reply.shard()] = reply.due();
    sizes[reply.shard()] = reply.size();
    owners[reply.shard()] = reply.owner();
    missing--;
    return missing == 0;
  }

  void done(ShardReply.Done reply) {
    due[reply.shard()] = reply.due();
    sizes[reply.shard()] = reply.size();
  }

  void due(int shard, NextDue next) {
    due[shard] = next;
  }

  /** Returns the activation of a shard. */
  long owner(int shard) {
    return owners[shard];
  }

  int size() {
    return due.length;
  }

  /** Returns whether an epoch has to run in a shard that gets no events. */
  boolean isDue(int shard, EpochTimes times) {
    Long eventTime = due[shard].eventTimeMillis();
    Long processingTime = due[shard].processingTimeMillis();
    return (eventTime != null && times.watermark().hasPassed(eventTime))
        || (processingTime != null && processingTime < times.processingTimeMillis());
  }

  NextDue nextDue() {
    return Arrays.stream(due).reduce(NextDue.NEVER, NextDue::earlier);
  }

  /** Returns how many groups some shards keep. */
  long groups(int from, int until) {
    return sum(ShardSize::groups, from, until);
  }

  /** Returns how many groups of some shards are parked. */
  long parked(int from, int until) {
    return sum(ShardSize::parked, from, until);
  }

  /** Returns how many events of parked groups are pending in some shards. */
  long waiting(int from, int until) {
    return sum(ShardSize::waiting, from, until);
  }

  private long sum(ToLongFunction<ShardSize> part, int from, int until) {
    return Arrays.stream(sizes, from, until).mapToLong(part).sum();
  }
}
