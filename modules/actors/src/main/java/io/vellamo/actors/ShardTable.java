package io.vellamo.actors;

import io.vellamo.actors.shard.ShardReply;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import java.util.Arrays;

/**
 * What a coordinator knows of each shard: when its timers are due, and how many groups it keeps.
 */
final class ShardTable {
  private final NextDue[] due;
  private final long[] groups;
  private int missing;

  ShardTable(int shards) {
    due = new NextDue[shards];
    Arrays.fill(due, NextDue.NEVER);
    groups = new long[shards];
    missing = shards;
  }

  /** Notes the report of a shard that has recovered; returns whether it was the last. */
  boolean opened(ShardReply.Opened reply) {
    due[reply.shard()] = reply.due();
    groups[reply.shard()] = reply.groups();
    missing--;
    return missing == 0;
  }

  void done(ShardReply.Done reply) {
    due[reply.shard()] = reply.due();
    groups[reply.shard()] = reply.groups();
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

  /** Returns how many groups some shards keep. */
  long groups(int from, int until) {
    return Arrays.stream(groups, from, until).sum();
  }
}
