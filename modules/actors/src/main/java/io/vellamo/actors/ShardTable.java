package io.vellamo.actors;

import io.vellamo.actors.shard.ShardReply;
import io.vellamo.actors.shard.ShardSize;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import java.util.Arrays;

/** What a coordinator knows of each shard: when something is due, and how much it keeps. */
final class ShardTable {
  private final NextDue[] due;
  private final ShardSize[] sizes;
  private int missing;

  ShardTable(int shards) {
    due = new NextDue[shards];
    Arrays.fill(due, NextDue.NEVER);
    sizes = new ShardSize[shards];
    Arrays.fill(sizes, ShardSize.EMPTY);
    missing = shards;
  }

  /** Notes the report of a shard that has recovered; returns whether it was the last. */
  boolean opened(ShardReply.Opened reply) {
    due[reply.shard()] = reply.due();
    sizes[reply.shard()] = reply.size();
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

  int size() {
    return due.length;
  }

  /** Returns whether an epoch has to touch a shard that gets no events. */
  boolean isDue(int shard, EpochTimes times) {
    Long eventTime = due[shard].eventTimeMillis();
    Long processingTime = due[shard].processingTimeMillis();
    return (eventTime != null && times.watermark().hasPassed(eventTime))
        || (processingTime != null && processingTime < times.processingTimeMillis());
  }

  NextDue nextDue() {
    return Arrays.stream(due).reduce(NextDue.NEVER, NextDue::earlier);
  }

  long groups() {
    return Arrays.stream(sizes).mapToLong(ShardSize::groups).sum();
  }

  long parked() {
    return Arrays.stream(sizes).mapToLong(ShardSize::parked).sum();
  }

  long waiting() {
    return Arrays.stream(sizes).mapToLong(ShardSize::waiting).sum();
  }
}
