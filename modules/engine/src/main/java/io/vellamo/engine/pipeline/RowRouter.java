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
 * Takes the rows of operators whose rows other operators get, in the same epoch.
 *
 * <p><b>Order</b> An operator's input is complete when the rows of all operators in front of it
 * have been taken, which have lower places.
 *
 * <p><b>Threading</b> Used by one thread at a time, for one epoch.
 *
 * <p><b>Failure</b> A user's function that throws gives a {@link RowFailure}.
 */
public final class RowRouter {
  private final CompiledQuery query;
  private final EventCopies copies;
  private final EventContext context;
  private final OperatorDoor[] doors;

  /**
   * Creates the router of an epoch.
   *
   * @param keyCodecs write the keys of the query's operators
   * @param shardCount the number of shards of each operator
   * @param sources what comes from the sources
   * @param copies keeps rows from what users' functions do with them
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
    this.context = new EventContext(query.watermarks(), times.processingTimeMillis());
    this.doors = new OperatorDoor[query.operators().size()];
    for (int place = 0; place < doors.length; place++) {
      doors[place] =
          new OperatorDoor(query, place, keyCodecs.get(place), shardCount, times.lateWatermark());
      doors[place].input().addAll(sources.shards());
    }
  }

  /**
   * Takes an operator's rows.
   *
   * @param place the operator's place; its rows must not go to the sink
   * @param rowsByShard its rows, by shard in order
   */
  public void take(int place, Map<Integer, List<Object>> rowsByShard) {
    Route route = query.operators().get(place).rows();
    StageChain.Step first = StageChain.compile(route, copies, doors[route.target()]);
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

  /** Returns what an operator gets, by shard. */
  public Map<Integer, ShardEvents> shards(int place) {
    return doors[place].input().shards();
  }

  /** Returns the rows that were late where they went. */
  public List<LateEvent> lateRows() {
    List<LateEvent> late = new ArrayList<>();
    for (OperatorDoor door : doors) {
      late.addAll(door.lateEvents());
    }
    return late;
  }

  /** Returns how many rows were late in front of an operator. */
  public long late(int place) {
    return doors[place].lateCount();
  }

  /** Returns what each watermark between operators saw, by its number. */
  public List<SeenTimes> seen() {
    return context.seen();
  }
}
