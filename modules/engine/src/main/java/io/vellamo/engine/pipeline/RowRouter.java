package io.vellamo.engine.pipeline;

import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.SeenTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The router of rows between operators within one epoch.
 *
 * <p><b>Order</b> An operator's input is complete when the rows of all its upstream operators,
 * which have lower indexes, have been taken.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one epoch.
 *
 * <p><b>Failure</b> If a user's function throws, a {@link RowFailure} is thrown.
 */
public final class RowRouter {
  private final CompiledQuery query;
  private final EventCopies copies;
  private final EventContext context;
  private final GroupByKeyStep[] groupSteps;

  /**
   * Creates the router of an epoch.
   *
   * @param keyCodecs the key codecs of the query's operators
   * @param shardCount the number of shards of each operator
   * @param sources the routed events of the sources
   * @param copies protects rows from modification by user functions
   */
  public RowRouter(
      CompiledQuery query,
      List<KeyCodec> keyCodecs,
      int shardCount,
      RoutedEpoch sources,
      EventCopies copies) {
    this.query = query;
    this.copies = copies;
    EpochTimes times = sources.plan().times();
    this.context = new EventContext(query.watermarks(), times.processingTimeMillis(), 0);
    this.groupSteps = new GroupByKeyStep[query.operators().size()];
    for (int place = 0; place < groupSteps.length; place++) {
      groupSteps[place] =
          new GroupByKeyStep(
              query, place, keyCodecs.get(place), shardCount, times.lateWatermark(), true);
      groupSteps[place].input().addAll(sources.shards());
    }
  }

  /**
   * Takes an operator's rows.
   *
   * @param place the operator's index; its rows must not go to the sink
   * @param rowsByShard its rows by shard, in order
   */
  public void take(int place, Map<Integer, List<Object>> rowsByShard) {
    Route route = query.operators().get(place).rows();
    StageChain.Step first = StageChain.compile(route, copies, groupSteps[route.target()]);
    for (List<Object> rows : rowsByShard.values()) {
      for (Object row : rows) {
        TimedRow timed = TimedRow.of(row);
        context.begin(GroupBatch.NO_RANGE, 0, timed.eventTime());
        try {
          first.push(timed.row(), context);
        } catch (Exception | Error e) {
          FunctionFailures.throwIfOfTheMachine(e);
          throw new RowFailure(context.step(), e);
        }
      }
    }
  }

  /** Returns the events of an operator, by shard. */
  public Map<Integer, ShardEvents> shards(int place) {
    return groupSteps[place].input().shards();
  }

  /** Returns the rows that were late at the next operator. */
  public List<LateEvent> lateRows() {
    List<LateEvent> late = new ArrayList<>();
    for (GroupByKeyStep groupStep : groupSteps) {
      late.addAll(groupStep.lateEvents());
    }
    return late;
  }

  /** Returns the number of late rows at an operator. */
  public long late(int place) {
    return groupSteps[place].lateCount();
  }

  /** Returns the event times that each watermark saw among rows between operators, by number. */
  public List<SeenTimes> seen() {
    return context.seen();
  }
}
