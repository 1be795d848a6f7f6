package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commit of an epoch at a sink that is written in ranges of shards, after the journal holds its
 * commit: the writer of each range commits it. If a writer lacks the rows, the shards of its range
 * send them again, and they are written before it commits.
 *
 * <p>No shard runs the next epoch before all have committed, so the shards have the rows.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class SinkCommit {
  private enum Phase {
    COMMITTING,
    COLLECTING,
    WRITING
  }

  /** A range that has not committed. */
  private static final class Range {
    Phase phase = Phase.COMMITTING;
    // While rows are collected and written.
    long attempt;
    final Map<Integer, Fence> asked = new TreeMap<>();
  }

  private final QueryEffects effects;
  private final EpochProtocol epochs;
  private final long incarnation;
  private final SinkShards shards;
  private final Map<Integer, Range> pending = new HashMap<>();
  private long epoch;

  SinkCommit(QueryEffects effects, EpochProtocol epochs, long incarnation, SinkShards shards) {
    this.effects = effects;
    this.epochs = epochs;
    this.incarnation = incarnation;
    this.shards = shards;
  }

  /** Returns whether an epoch is being committed. */
  boolean isUnderWay() {
    return !pending.isEmpty();
  }

  /** Returns the epoch that is, or was last, committed. */
  long epoch() {
    return epoch;
  }

  /** Has each range commit an epoch. */
  void begin(long committed) {
    epoch = committed;
    for (int range = 0; range < shards.ranges(); range++) {
      pending.put(range, new Range());
    }
    for (int range = 0; range < shards.ranges(); range++) {
      effects.commitRange(range, epoch);
    }
  }

  /** Returns whether the answer of a range to the request to commit is awaited. */
  boolean awaitsCommit(int range, long ofEpoch) {
    return is(range, ofEpoch, Phase.COMMITTING);
  }

  /** Returns whether a range is writing rows again. */
  boolean awaitsWrite(int range, long ofEpoch) {
    return is(range, ofEpoch, Phase.WRITING);
  }

  private boolean is(int range, long ofEpoch, Phase phase) {
    Range known = pending.get(range);
    return known != null && ofEpoch == epoch && known.phase == phase;
  }

  /** Notes that a range has committed. */
  void committed(int range) {
    pending.remove(range);
  }

  /** Has the rows of a range collected. */
  void lacks(int range) {
    Range lacking = range(range);
    lacking.phase = Phase.COLLECTING;
    lacking.attempt = epochs.nextAttempt();
    for (int shard : shards.ofRange(range)) {
      lacking.asked.put(shard, new Fence(0, 0, 0, 0));
    }
    for (int shard : shards.ofRange(range)) {
      ask(lacking, shard);
    }
  }

  /** Asks a shard, unless it is not open: then it is asked once it is. */
  private void ask(Range range, int shard) {
    if (epochs.table().isOpen(shard)) {
      Fence fence = new Fence(incarnation, epochs.table().owner(shard), epoch, range.attempt);
      range.asked.put(shard, fence);
      effects.send(shard, new ShardRequest.SendRows(fence));
    }
  }

  /** Asks a shard again that was opened again. */
  void reopened(int shard) {
    for (Range range : pending.values()) {
      if (range.asked.containsKey(shard)) {
        ask(range, shard);
      }
    }
  }

  /** Returns whether the rows of a shard are awaited. */
  boolean isAwaited(int shard, Fence fence) {
    return awaiting(shard, fence) != null;
  }

  private @Nullable Integer awaiting(int shard, Fence fence) {
    for (Map.Entry<Integer, Range> each : pending.entrySet()) {
      if (fence.equals(each.getValue().asked.get(shard))) {
        return each.getKey();
      }
    }
    return null;
  }

  /** Takes the rows of a shard; returns false if they are not awaited. */
  boolean take(ShardReply.Done reply) {
    Integer number = awaiting(reply.shard(), reply.fence());
    if (number == null) {
      return false;
    }
    Range range = range(number);
    range.asked.remove(reply.shard());
    if (range.asked.isEmpty()) {
      range.phase = Phase.WRITING;
      effects.writeRange(number, epoch, range.attempt);
    }
    return true;
  }

  /** Has a range commit, whose rows are written again. */
  void written(int range) {
    Range rewritten = range(range);
    rewritten.phase = Phase.COMMITTING;
    effects.discard(epoch, rewritten.attempt);
    effects.commitRange(range, epoch);
  }

  /** Makes the call of a range again that has failed. */
  void again(int range) {
    Range failed = range(range);
    if (failed.phase == Phase.WRITING) {
      effects.writeRange(range, epoch, failed.attempt);
    } else {
      effects.commitRange(range, epoch);
    }
  }

  private Range range(int number) {
    Range known = pending.get(number);
    if (known == null) {
      throw new AssertionError("range [%d] has committed epoch [%d]".formatted(number, epoch));
    }
    return known;
  }
}
