package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of an operator in one epoch, by shard.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class OperatorInput {
  private final WrittenKeys keys;
  private final int firstShard;
  private final boolean timed;
  private final @Nullable ShardEvents[] shards;
  // Null if groups get each event.
  private final @Nullable PartialResults partial;
  // The shards to which the current event was added; null if no undo is needed.
  private @Nullable List<ShardEvents> touched;

  /**
   * Creates an operator's input without events.
   *
   * @param operator its index in the query
   * @param shardCount the number of its shards
   * @param timed whether it needs event times
   * @param partial reduces the events; null if groups get each event
   */
  OperatorInput(
      int operator,
      KeyCodec keyCodec,
      int shardCount,
      boolean timed,
      @Nullable PartialResults partial) {
    this.keys = new WrittenKeys(keyCodec);
    this.firstShard = operator * shardCount;
    this.timed = timed;
    this.shards = new ShardEvents[shardCount];
    this.partial = partial;
  }

  /** Takes this operator's part of events that are already assigned to shards of any operator. */
  void addAll(Map<Integer, ShardEvents> events) {
    events.forEach(
        (shard, some) -> {
          if (shard >= firstShard && shard < firstShard + shards.length) {
            shards[shard - firstShard] = some;
          }
        });
  }

  void add(@Nullable Object userKey, Object event, EventContext context) {
    GroupKey key = keys.of(userKey);
    ShardEvents shard = shard(key.shard(shards.length));
    Object added = partial == null ? event : partial.take(key, event, context);
    if (added == null) {
      shard.countReduced();
      return;
    }
    shard.add(
        key,
        userKey,
        added,
        context.range(),
        context.offset(),
        context.eventTimeSeconds(),
        context.eventTimeNanos());
    if (touched != null) {
      touched.add(shard);
    }
  }

  private ShardEvents shard(int place) {
    ShardEvents known = shards[place];
    if (known == null) {
      known = new ShardEvents(timed);
      shards[place] = known;
    }
    return known;
  }

  /** Ends a range, whose events are not reduced together with those that follow. */
  void endRange() {
    if (partial != null) {
      partial.clear();
    }
  }

  /** Begins the next event, which can be undone. */
  void begin() {
    if (touched == null) {
      touched = new ArrayList<>();
    }
    touched.clear();
  }

  /** Removes the current event from all shards to which it was added. */
  void undo() {
    if (touched != null) {
      touched.forEach(ShardEvents::removeLast);
    }
  }

  /** Returns the events of each shard that has any. */
  Map<Integer, ShardEvents> shards() {
    Map<Integer, ShardEvents> all = new TreeMap<>();
    for (int place = 0; place < shards.length; place++) {
      ShardEvents some = shards[place];
      if (some != null && !some.isEmpty()) {
        all.put(firstShard + place, some);
      }
    }
    return all;
  }
}
