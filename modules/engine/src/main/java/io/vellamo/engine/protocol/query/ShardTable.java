package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.time.EpochTimes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.ToLongFunction;

/**
 * A query's view of its shards: which are open, who owns their journals, when something is due, and
 * how much they keep.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ShardTable {
  private final NextDue[] due;
  // Since the shard was last asked to run an epoch: times of replies that its reply may overtake.
  private final NextDue[] unordered;
  private final ShardSize[] sizes;
  private final long[] owners;
  private final BitSet open;
  private final long[] openedMillis;
  // Since the shard last worked: ran an epoch, or stayed open without one.
  private final int[] failures;
  private final long[] lostMillis;

  /** Creates a table of shards that are not open. */
  ShardTable(int shards) {
    due = new NextDue[shards];
    Arrays.fill(due, NextDue.NEVER);
    unordered = new NextDue[shards];
    Arrays.fill(unordered, NextDue.NEVER);
    sizes = new ShardSize[shards];
    Arrays.fill(sizes, ShardSize.EMPTY);
    owners = new long[shards];
    open = new BitSet(shards);
    openedMillis = new long[shards];
    failures = new int[shards];
    lostMillis = new long[shards];
  }

  /** Returns the number of shards. */
  int size() {
    return due.length;
  }

  /**
   * Returns whether a shard was not known to be open with this activation. A report of an earlier
   * activation may arrive late; one of the same activation counts if the shard has to be opened
   * again.
   */
  boolean isNews(ShardReply.Opened reply) {
    long known = owner(reply.shard());
    return reply.owner() > known || (reply.owner() == known && !isOpen(reply.shard()));
  }

  /** Notes that a shard is open. */
  void opened(ShardReply.Opened reply, Now now) {
    if (reply.owner() == owner(reply.shard())) {
      // The report may be older than the last epoch of this activation.
      mayBeDue(reply.shard(), reply.due());
    } else {
      due[reply.shard()] = reply.due();
    }
    sizes[reply.shard()] = reply.size();
    owners[reply.shard()] = reply.owner();
    open.set(reply.shard());
    openedMillis[reply.shard()] = now.monotonicMillis();
  }

  /** Notes that a shard has to be opened again. */
  void closed(int shard) {
    open.clear(shard);
  }

  /**
   * Notes that a shard has stopped; returns how often it has since it last worked.
   *
   * @param stableMillis how long it must have been open to have worked
   */
  int lost(int shard, Now now, long stableMillis) {
    if (isOpen(shard) && now.monotonicMillis() - openedMillis[shard] > stableMillis) {
      failures[shard] = 0;
    }
    closed(shard);
    if (failures[shard] == 0) {
      lostMillis[shard] = now.monotonicMillis();
    }
    failures[shard]++;
    return failures[shard];
  }

  /** Returns how long ago a shard first stopped since it last worked. */
  long lostForMillis(int shard, Now now) {
    return now.monotonicMillis() - lostMillis[shard];
  }

  /** Returns whether a shard has been open in this run. */
  boolean hasBeenOpen(int shard) {
    return owners[shard] > 0;
  }

  boolean isOpen(int shard) {
    return open.get(shard);
  }

  boolean areAllOpen() {
    return open.cardinality() == due.length;
  }

  /** Returns the activation that owns a shard's journal. */
  long owner(int shard) {
    return owners[shard];
  }

  /** Notes that a shard that was open is asked to run an epoch, for the first time. */
  void asked(int shard) {
    unordered[shard] = NextDue.NEVER;
    failures[shard] = 0;
  }

  /** Notes that a shard has run an epoch. */
  void done(ShardReply.Done reply) {
    due[reply.shard()] = reply.due().earlier(unordered[reply.shard()]);
    unordered[reply.shard()] = NextDue.NEVER;
    sizes[reply.shard()] = reply.size();
    failures[reply.shard()] = 0;
  }

  /**
   * Notes that something may be due at times that another reply of the shard may have overtaken:
   * too early a time costs an epoch without work, and one that is hidden would never come.
   */
  void mayBeDue(int shard, NextDue next) {
    due[shard] = due[shard].earlier(next);
    unordered[shard] = unordered[shard].earlier(next);
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

  /** Returns whether groups may be parked: none is as far as all open shards have told. */
  boolean mayHaveParked() {
    return !areAllOpen() || parked(0, size()) > 0;
  }

  /** Returns how many events of parked groups are pending in some shards. */
  long waiting(int from, int until) {
    return sum(ShardSize::waiting, from, until);
  }

  /** Returns the approximate size of the groups of some shards. */
  long bytes(int from, int until) {
    return sum(ShardSize::bytes, from, until);
  }

  /** Returns the most groups that one of some shards keeps. */
  long mostGroups(int from, int until) {
    return most(ShardSize::groups, from, until);
  }

  /** Returns the approximate size of the groups of the largest of some shards. */
  long mostBytes(int from, int until) {
    return most(ShardSize::bytes, from, until);
  }

  private long most(ToLongFunction<ShardSize> part, int from, int until) {
    return Arrays.stream(sizes, from, until).mapToLong(part).max().orElse(0);
  }

  private long sum(ToLongFunction<ShardSize> part, int from, int until) {
    return Arrays.stream(sizes, from, until).mapToLong(part).sum();
  }
}
