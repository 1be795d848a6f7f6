package io.vellamo.engine.pipeline;

import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The way into an operator: late events stay outside, the others go to their shards.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class OperatorDoor implements StageChain.Step {
  private final Function<Object, ?> key;
  private final Watermark late;
  private final boolean keepsLateEvents;
  private final OperatorInput input;
  private final List<LateEvent> lateEvents = new ArrayList<>();
  private long lateCount;

  // As they were in front of the event on its way.
  private int lateEventsBefore;
  private long lateCountBefore;

  /**
   * Creates the way into an operator for one epoch.
   *
   * @param place the operator's place in the query
   * @param late the watermark that its late events are older than
   */
  OperatorDoor(CompiledQuery query, int place, KeyCodec keyCodec, int shardCount, Watermark late) {
    CompiledOperator operator = query.operators().get(place);
    this.key = operator.stage().key();
    // An operator that has no use for event times takes late events too, as in Spark.
    this.late = operator.dropsLate() ? late : Watermark.NONE;
    this.keepsLateEvents = query.hasLateOutput();
    this.input = new OperatorInput(place, keyCodec, shardCount, operator.keepsEventTime());
  }

  OperatorInput input() {
    return input;
  }

  List<LateEvent> lateEvents() {
    return lateEvents;
  }

  /** Returns how many events were late. */
  long lateCount() {
    return lateCount;
  }

  /** Notes that the next event comes. */
  void begin() {
    lateEventsBefore = lateEvents.size();
    lateCountBefore = lateCount;
    input.begin();
  }

  /** Takes back what the event has come to. */
  void undo() {
    lateEvents.subList(lateEventsBefore, lateEvents.size()).clear();
    lateCount = lateCountBefore;
    input.undo();
  }

  @Override
  public void push(Object event, EventContext context) {
    Instant time = context.eventTime();
    if (time != null && context.isLate(late)) {
      context.countLate();
      lateCount++;
      if (keepsLateEvents) {
        lateEvents.add(new LateEvent(event, time, late.toInstant()));
      }
      return;
    }
    context.enter("groupByKey");
    input.add(key.apply(event), event, context);
    context.countProcessed();
  }
}
