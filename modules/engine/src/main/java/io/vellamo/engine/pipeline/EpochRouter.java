package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.FunctionFailures;
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
 * <p><b>Failure</b> A user's function that throws gives an {@link EventFailure}, or, if the error
 * policy says so, a dead letter.
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
  // Null if an event that a stage throws for fails the epoch.
  private final @Nullable EventUndo undo;

  /** Creates the router of an epoch that fails if a stage throws. */
  public EpochRouter(CompiledQuery query, KeyCodec keyCodec, int shardCount, EpochPlan plan) {
    this(query, keyCodec, shardCount, plan, ErrorPolicy.fail());
  }

  /**
   * Creates the router of an epoch.
   *
   * @param query the query
   * @param keyCodec writes its keys
   * @param shardCount the number of its shards
   * @param plan the epoch
   * @param errorPolicy what is done with an event that a stage throws for
   */
  public EpochRouter(
      CompiledQuery query,
      KeyCodec keyCodec,
      int shardCount,
      EpochPlan plan,
      ErrorPolicy errorPolicy) {
    this.undo =
        errorPolicy.action() == ErrorPolicy.Action.DEAD_LETTER
            ? new EventUndo(rows, lateEvents)
            : null;
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
    if (undo != null) {
      undo.begin(context);
    }
    try {
      first.push(event, context);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      if (undo != null && FunctionFailures.mayBeOfTheEvent(e)) {
        undo.undo(context);
        deadLetters.add(
            FailedStage.deadLetter(
                context.step(), position(rangeIndex, eventOffset), plan.epoch(), event, e));
        context.countDeadLettered();
        return;
      }
      throw new EventFailure(context.step(), plan.ranges().get(rangeIndex), eventOffset, e);
    }
  }

  /** Takes a source entry that is no event. */
  public void deadLetter(int rangeIndex, long entryOffset, String reason, @Nullable String entry) {
    deadLetters.add(
        DeadLetter.ofEntry(
            position(rangeIndex, entryOffset), plan.epoch(), reason, Optional.ofNullable(entry)));
    context.countDeadLettered();
  }

  private Position position(int rangeIndex, long offset) {
    return new Position(plan.ranges().get(rangeIndex).partition().name(), offset);
  }

  /** Returns everything taken. */
  public RoutedEpoch finish() {
    if (undo != null) {
      shards.values().forEach(groups -> groups.removeIf(batch -> batch.size() == 0));
    }
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
      GroupBatch<Object> batch = batch(key.apply(event));
      batch.add(event, ctx.range(), ctx.offset());
      if (undo != null) {
        undo.added(batch);
      }
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
