package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes an epoch's source entries one by one: runs the stages in front of the operator, drops and
 * counts late events, and brings the others together by shard and group.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one epoch.
 *
 * <p><b>Failure</b> A user's function that throws gives an {@link EventFailure}.
 */
public final class EpochRouter {
  private final EpochPlan plan;
  private final KeyCodec keyCodec;
  private final int shardCount;
  private final StageChain.Step first;
  private final EventContext context;
  private final Map<@Nullable Object, GroupBatch<Object>> byUserKey = new HashMap<>();
  private final Map<GroupKey, GroupBatch<Object>> byKey = new HashMap<>();
  private final Map<Integer, List<GroupBatch<Object>>> shards = new TreeMap<>();
  private final List<Object> rows = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<LateEvent> lateEvents = new ArrayList<>();

  /**
   * Creates the router of an epoch.
   *
   * @param query the query
   * @param keyCodec writes its keys
   * @param shardCount the number of its shards
   * @param plan the epoch
   */
  public EpochRouter(CompiledQuery query, KeyCodec keyCodec, int shardCount, EpochPlan plan) {
    this.plan = plan;
    this.keyCodec = keyCodec;
    this.shardCount = shardCount;
    this.context =
        new EventContext(query.latestEventTimeMillis(plan.times().processingTimeMillis()));
    this.first = StageChain.compile(query.front(), end(query));
  }

  /**
   * Takes an event.
   *
   * @param rangeIndex the place of the event's range in the plan
   * @param eventOffset the event's offset
   */
  public void event(Object event, int rangeIndex, long eventOffset) {
    context.begin(rangeIndex, eventOffset);
    try {
      first.push(event, context);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      throw new EventFailure(context.step(), plan.ranges().get(rangeIndex), eventOffset, e);
    }
  }

  /** Takes a source entry that is no event. */
  public void deadLetter(int rangeIndex, long entryOffset, String reason, @Nullable String entry) {
    OffsetRange from = plan.ranges().get(rangeIndex);
    deadLetters.add(
        new DeadLetter(from.partition().name(), entryOffset, reason, Optional.ofNullable(entry)));
    context.countDeadLettered();
  }

  /** Returns everything taken. */
  public RoutedEpoch finish() {
    return new RoutedEpoch(
        plan,
        shards,
        rows,
        deadLetters,
        lateEvents,
        context.counts(),
        context.eventTimes().stats(),
        context.eventTimes().newest());
  }

  private StageChain.Step end(CompiledQuery query) {
    Optional<Stage.Group> group = query.group();
    if (group.isEmpty()) {
      return (event, ctx) -> {
        ctx.countProcessed();
        rows.add(event);
      };
    }
    Function<Object, ?> key = group.get().key();
    // Without event-time timeouts no event is ever late, as in Spark.
    Watermark late =
        query.timeout() == GroupStateTimeout.EVENT_TIME
            ? plan.times().lateWatermark()
            : Watermark.NONE;
    return (event, ctx) -> {
      if (ctx.hasEventTime() && late.isLate(ctx.eventTimeMillis())) {
        ctx.countLate();
        if (query.hasLateOutput()) {
          lateEvents.add(
              new LateEvent(event, Instant.ofEpochMilli(ctx.eventTimeMillis()), late.toInstant()));
        }
        return;
      }
      ctx.enter("groupByKey");
      batch(key.apply(event)).add(event, ctx.range(), ctx.offset());
      ctx.countProcessed();
    };
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
    GroupBatch<Object> batch = new GroupBatch<>(key, userKey);
    shards.computeIfAbsent(key.shard(shardCount), shard -> new ArrayList<>()).add(batch);
    return batch;
  }
}
