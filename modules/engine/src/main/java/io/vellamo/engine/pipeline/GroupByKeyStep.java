package io.vellamo.engine.pipeline;

import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.aggregate.LateRule;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The {@code groupByKey} step of a chain of stages, its last before an operator: drops late events
 * and assigns the others to their shards.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class GroupByKeyStep implements StageChain.Step {
  private final Function<Object, ?> key;
  private final Watermark late;
  private final LateRule lateRule;
  private final boolean keepsLateEvents;
  private final OperatorInput input;
  private final List<LateEvent> lateEvents = new ArrayList<>();
  private long lateCount;

  // The values before the current event.
  private int lateEventsBefore;
  private long lateCountBefore;

  /**
   * Creates the step of an operator for one epoch.
   *
   * @param place the operator's index in the query
   * @param late the query's watermark before which events are late
   * @param keepsEvents whether groups get each event, so that none are reduced before
   */
  GroupByKeyStep(
      CompiledQuery query,
      int place,
      KeyCodec keyCodec,
      int shardCount,
      Watermark late,
      boolean keepsEvents) {
    CompiledOperator operator = query.operators().get(place);
    this.key = operator.key();
    // An operator that does not depend on event time receives late events too, as in Spark.
    this.late =
        operator.dropsLate() ? late.heldBackBy(operator.heldBack().toMillis()) : Watermark.NONE;
    this.lateRule = operator.lateRule();
    this.keepsLateEvents = query.hasLateOutput();
    PreAggregation reduction = keepsEvents ? null : operator.preAggregation();
    this.input =
        new OperatorInput(
            place,
            keyCodec,
            shardCount,
            operator.hasWatermark(),
            reduction == null ? null : new PartialResults(reduction, operator.operator().name()));
  }

  OperatorInput input() {
    return input;
  }

  List<LateEvent> lateEvents() {
    return lateEvents;
  }

  /** Returns the number of late events. */
  long lateCount() {
    return lateCount;
  }

  /** Begins the next event. */
  void begin() {
    lateEventsBefore = lateEvents.size();
    lateCountBefore = lateCount;
    input.begin();
  }

  /** Removes the effects of the current event. */
  void undo() {
    lateEvents.subList(lateEventsBefore, lateEvents.size()).clear();
    lateCount = lateCountBefore;
    input.undo();
  }

  /** Ends a range: forgets the late events, and keeps its events apart from those that follow. */
  void endRange() {
    lateEvents.clear();
    input.endRange();
  }

  @Override
  public void push(Object event, EventContext context) {
    context.enter("groupByKey");
    if (context.isLate(lateRule, event, late)) {
      context.countLate();
      lateCount++;
      if (keepsLateEvents) {
        Instant time = Objects.requireNonNull(context.eventTime(), "eventTime");
        lateEvents.add(new LateEvent(event, time, late.toInstant()));
      }
      return;
    }
    input.add(key.apply(event), event, context);
    context.countProcessed();
  }
}
