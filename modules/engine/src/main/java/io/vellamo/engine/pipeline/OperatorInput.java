package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator gets in an epoch, brought together by shard and group.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class OperatorInput {
  private final KeyCodec keyCodec;
  private final int firstShard;
  private final int shardCount;
  private final boolean timed;
  private final Map<@Nullable Object, GroupBatch<Object>> byUserKey = new HashMap<>();
  private final Map<GroupKey, GroupBatch<Object>> byKey = new HashMap<>();
  private final Map<Integer, List<GroupBatch<Object>>> shards = new TreeMap<>();
  // Those that the event on its way was added to; null if nobody wants to take it back.
  private @Nullable List<GroupBatch<Object>> touched;

  /**
   * Creates the input of an operator that has none yet.
   *
   * @param operator its place in the query
   * @param shardCount the number of its shards
   * @param timed whether it asks for event times
   */
  OperatorInput(int operator, KeyCodec keyCodec, int shardCount, boolean timed) {
    this.keyCodec = keyCodec;
    this.firstShard = operator * shardCount;
    this.shardCount = shardCount;
    this.timed = timed;
  }

  /** Takes over the groups that are there already, of this operator and others. */
  void addAll(Map<Integer, List<GroupBatch<Object>>> groups) {
    groups.forEach(
        (shard, batches) -> {
          if (shard >= firstShard && shard < firstShard + shardCount) {
            shards.put(shard, new ArrayList<>(batches));
            batches.forEach(batch -> byKey.put(batch.key(), batch));
          }
        });
  }

  void add(@Nullable Object userKey, Object event, EventContext context) {
    GroupBatch<Object> batch = batch(userKey);
    batch.add(event, context.range(), context.offset(), context.eventTimeMillis());
    if (touched != null) {
      touched.add(batch);
    }
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
      touched.forEach(GroupBatch::removeLast);
    }
    shards.values().forEach(groups -> groups.removeIf(this::isEmptyNow));
  }

  private boolean isEmptyNow(GroupBatch<Object> batch) {
    boolean isEmpty = batch.size() == 0;
    if (isEmpty) {
      byKey.remove(batch.key());
      byUserKey.remove(batch.userKey());
    }
    return isEmpty;
  }

  /** Returns for each shard with events its groups, in the order of their first events. */
  Map<Integer, List<GroupBatch<Object>>> shards() {
    return shards;
  }

  /**
   * Finds the batch by the user's key first, where that is safe, so that a key is serialized once
   * an epoch only. What decides is the serialized form: a class without {@code equals}, or with one
   * of its own mind, is a key like any other.
   */
  private GroupBatch<Object> batch(@Nullable Object userKey) {
    if (!keyCodec.writesEqualKeysAlike()) {
      return batchOf(keyCodec.write(userKey), userKey);
    }
    GroupBatch<Object> known = byUserKey.get(userKey);
    if (known == null) {
      known = batchOf(keyCodec.write(userKey), userKey);
      byUserKey.put(userKey, known);
    }
    return known;
  }

  private GroupBatch<Object> batchOf(GroupKey key, @Nullable Object userKey) {
    return byKey.computeIfAbsent(key, unknown -> newBatch(unknown, userKey));
  }

  private GroupBatch<Object> newBatch(GroupKey key, @Nullable Object userKey) {
    GroupBatch<Object> batch = new GroupBatch<>(key, userKey, timed);
    shards
        .computeIfAbsent(firstShard + key.shard(shardCount), shard -> new ArrayList<>())
        .add(batch);
    return batch;
  }
}
