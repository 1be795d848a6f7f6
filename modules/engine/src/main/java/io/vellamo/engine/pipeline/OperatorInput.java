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
 * What an operator gets in an epoch, by shard.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class OperatorInput {
  private final WrittenKeys keys;
  private final int firstShard;
  private final boolean timed;
  private final @Nullable ShardEvents[] shards;
  // Those that the event on its way was added to; null if nobody wants to take it back.
  private @Nullable List<ShardEvents> touched;

  /**
   * Creates the input of an operator that has none yet.
   *
   * @param operator its place in the query
   * @param shardCount the number of its shards
   * @param timed whether it asks for event times
   */
  OperatorInput(int operator, KeyCodec keyCodec, int shardCount, boolean timed) {
    this.keys = new WrittenKeys(keyCodec);
    this.firstShard = operator * shardCount;
    this.timed = timed;
    this.shards = new ShardEvents[shardCount];
  }

  /** Takes over the events that are there already, of this operator and others. */
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
    shard.add(key, userKey, event, context.range(), context.offset(), context.eventTime());
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

  /** Notes that the next event comes, which may be taken back. */
  void begin() {
    if (touched == null) {
      touched = new ArrayList<>();
    }
    touched.clear();
  }

  /** Takes back what the event on its way was added to. */
  void undo() {
    if (touched != null) {
      touched.forEach(ShardEvents::removeLast);
    }
  }

  /** Returns for each shard with events what it gets. */
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
