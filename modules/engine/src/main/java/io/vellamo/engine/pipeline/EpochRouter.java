package io.vellamo.engine.pipeline;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The router of an epoch's source entries: runs the stages upstream of the operators, drops and
 * counts late events, and assigns the others to their shards.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one epoch.
 *
 * <p><b>Failure</b> If a user's function throws, an {@link EventFailure} is thrown or, depending on
 * the error policy, the event becomes a dead letter.
 */
public final class EpochRouter {
  private final EpochPlan plan;
  private final EventCopies copies;
  private final EventContext context;
  private final @Nullable GroupByKeyStep[] groupSteps;
  private final StageChain.Step[] byRange;
  private final List<Object> rows = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  // Null if a stage that throws fails the epoch.
  private final @Nullable EventUndo undo;

  /** Creates the router of an epoch that fails if a stage throws. */
  public EpochRouter(
      CompiledQuery query, List<KeyCodec> keyCodecs, int shardCount, EpochPlan plan) {
    this(query, keyCodecs, shardCount, plan, ErrorPolicy.fail(), EventCopies.NONE, true);
  }

  /**
   * Creates the router of an epoch.
   *
   * @param query the query
   * @param keyCodecs the key codecs of its operators
   * @param shardCount the number of shards of each operator
   * @param plan the epoch
   * @param errorPolicy the handling of events for which a stage throws
   * @param copies protects events from modification by user functions
   * @param keepsEvents whether groups get each event, so that none are reduced before
   */
  public EpochRouter(
      CompiledQuery query,
      List<KeyCodec> keyCodecs,
      int shardCount,
      EpochPlan plan,
      ErrorPolicy errorPolicy,
      EventCopies copies,
      boolean keepsEvents) {
    this.plan = plan;
    this.copies = copies;
    this.context =
        new EventContext(
            query.watermarks(), plan.times().processingTimeMillis(), plan.ranges().size());
    this.groupSteps = new GroupByKeyStep[query.operators().size()];
    List<StageChain.Step> chains = new ArrayList<>();
    for (Route route : query.inputs()) {
      if (!route.leadsToSink() && groupSteps[route.target()] == null) {
        groupSteps[route.target()] =
            new GroupByKeyStep(
                query,
                route.target(),
                keyCodecs.get(route.target()),
                shardCount,
                plan.times().lateWatermark(),
                keepsEvents);
      }
      chains.add(StageChain.compile(route, copies, end(route)));
    }
    this.byRange = new StageChain.Step[plan.ranges().size()];
    for (int range = 0; range < byRange.length; range++) {
      byRange[range] =
          chains.get(QueryInputs.inputOf(plan.ranges().get(range).partition(), chains.size()));
    }
    this.undo =
        errorPolicy.action() == ErrorPolicy.Action.DEAD_LETTER
            ? new EventUndo(rows, groupSteps)
            : null;
  }

  /**
   * Routes an event.
   *
   * @param rangeIndex the index of the event's range in the plan
   * @param eventOffset the event's offset
   */
  public void event(Object event, int rangeIndex, long eventOffset) {
    context.begin(rangeIndex, eventOffset, null);
    StoredValue asRead = null;
    if (undo != null) {
      undo.begin(context);
      asRead = copies.write(event);
    }
    try {
      byRange[rangeIndex].push(event, context);
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      if (undo != null && FunctionFailures.mayBeOfTheEvent(e)) {
        undo.undo(context);
        deadLetters.add(
            FailedStage.deadLetter(
                context.step(),
                position(rangeIndex, eventOffset),
                plan.epoch(),
                copies.restore(event, asRead),
                e));
        context.countDeadLettered();
        return;
      }
      throw new EventFailure(context.step(), plan.ranges().get(rangeIndex), eventOffset, e);
    }
  }

  /** Takes a source entry that can't be read as an event. */
  public void deadLetter(int rangeIndex, long entryOffset, String reason, @Nullable String entry) {
    deadLetters.add(
        DeadLetter.ofEntry(
            position(rangeIndex, entryOffset), plan.epoch(), reason, Optional.ofNullable(entry)));
    context.countDeadLettered();
  }

  private Position position(int rangeIndex, long offset) {
    return new Position(plan.ranges().get(rangeIndex).partition().name(), offset);
  }

  /** Returns the routed epoch. */
  public RoutedEpoch finish() {
    Map<Integer, ShardEvents> shards = new TreeMap<>();
    List<LateEvent> lateEvents = new ArrayList<>();
    List<Long> late = new ArrayList<>();
    for (GroupByKeyStep groupStep : groupSteps) {
      late.add(groupStep == null ? 0 : groupStep.lateCount());
      if (groupStep != null) {
        shards.putAll(groupStep.input().shards());
        lateEvents.addAll(groupStep.lateEvents());
      }
    }
    return new RoutedEpoch(
        plan,
        shards,
        Map.of(),
        rows,
        deadLetters,
        lateEvents,
        context.counts(),
        context.sums().stats(),
        late,
        context.seen());
  }

  /**
   * Ends a range whose output is reported apart, after its last entry. Its events are not reduced
   * together with those of other ranges, so that the result does not depend on which ranges are
   * routed together.
   *
   * @return what the range has added to the epoch's output, which this router forgets
   */
  public RangeOutput endRange(int rangeIndex) {
    Map<Integer, List<LateEvent>> late = new TreeMap<>();
    for (int place = 0; place < groupSteps.length; place++) {
      GroupByKeyStep groupStep = groupSteps[place];
      if (groupStep != null && !groupStep.lateEvents().isEmpty()) {
        late.put(place, List.copyOf(groupStep.lateEvents()));
      }
      if (groupStep != null) {
        groupStep.endRange();
      }
    }
    RangeOutput output = new RangeOutput(rangeIndex, rows, deadLetters, late);
    rows.clear();
    deadLetters.clear();
    return output;
  }

  /**
   * Returns the routed ranges, if all have been ended.
   *
   * @param ranges the indexes of the ranges in the plan, in rising order
   * @param outputs what they have added to the epoch's output, without those that added nothing
   */
  public RoutedShare finish(List<Integer> ranges, List<RangeOutput> outputs) {
    Map<Integer, ShardEvents> shards = new TreeMap<>();
    List<Long> late = new ArrayList<>();
    for (GroupByKeyStep groupStep : groupSteps) {
      late.add(groupStep == null ? 0 : groupStep.lateCount());
      if (groupStep != null) {
        shards.putAll(groupStep.input().shards());
      }
    }
    Map<Integer, Integer> sizes = new TreeMap<>();
    shards.forEach((shard, events) -> sizes.put(shard, events.sizeBeforeReduction()));
    return new RoutedShare(
        new ShareReport(
            ranges, outputs, context.counts(), context.sums(), late, context.seen(), sizes),
        shards);
  }

  private StageChain.Step end(Route route) {
    GroupByKeyStep groupStep = route.leadsToSink() ? null : groupSteps[route.target()];
    if (groupStep != null) {
      return groupStep;
    }
    return (event, ctx) -> {
      ctx.countProcessed();
      rows.add(event);
    };
  }
}
