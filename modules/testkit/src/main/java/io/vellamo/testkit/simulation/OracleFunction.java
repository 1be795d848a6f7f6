package io.vellamo.testkit.simulation;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Tally;
import io.vellamo.testkit.simulation.Generated.Thrown;
import io.vellamo.testkit.simulation.GeneratedOperators.Initial;
import io.vellamo.testkit.simulation.OracleFunction.Single;
import io.vellamo.testkit.simulation.OracleGroups.Kept;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function of groups with a single state and timeout.
 *
 * @param function the function
 * @param timeout the clock of its timeouts
 * @param initial its states before the first epoch
 * @param <V> its events
 */
record OracleFunction<V>(
    FlatMapGroupsWithStateFunction<Integer, V, Tally, Row> function,
    GroupStateTimeout timeout,
    Initial initial)
    implements OracleCalls<V, Single> {
  /**
   * The contents of a group.
   *
   * @param state its state; null if there is none
   * @param timeoutMillis its timeout; null if there is none
   */
  record Single(@Nullable Tally state, @Nullable Long timeoutMillis) {}

  @Override
  public Single empty() {
    return new Single(null, null);
  }

  @Override
  public Map<Integer, Single> initial(EpochTimes times, List<OracleEvent<Row>> rows) {
    Map<Integer, Single> all = new TreeMap<>();
    initial.states().forEach((key, state) -> all.put(key, new Single(state, null)));
    return all;
  }

  @Override
  public boolean callsInitialWithoutEvents() {
    return !initial.calledOnlyWithEvents();
  }

  @Override
  public Single onEvents(
      int key,
      Single before,
      List<OracleEvent<V>> events,
      EpochTimes times,
      List<OracleEvent<Row>> rows) {
    OracleEvents<V> each = new OracleEvents<>(events);
    return call(key, each, new OracleState<>(before.state, times, each), rows);
  }

  @Override
  public boolean isDue(Single contents, EpochTimes times) {
    Long due = contents.timeoutMillis;
    long now =
        timeout == GroupStateTimeout.EVENT_TIME
            ? times.watermark().millis()
            : times.processingTimeMillis();
    return due != null && due < now;
  }

  @Override
  public boolean isDueAfterEvents() {
    return false;
  }

  @Override
  public Single onDue(int key, Single before, EpochTimes times, List<OracleEvent<Row>> rows) {
    OracleEvents<V> none = new OracleEvents<>(List.of());
    return call(key, none, new OracleState<>(before.state, times, null), rows);
  }

  private Single call(
      int key, OracleEvents<V> events, OracleState<Tally> state, List<OracleEvent<Row>> rows) {
    try {
      function
          .call(key, events, state)
          .forEachRemaining(row -> rows.add(new OracleEvent<>(row, null)));
    } catch (Thrown e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return new Single(state.value(), state.timeoutMillis());
  }

  @Override
  public @Nullable Long dueMillis(Single contents) {
    return timeout == GroupStateTimeout.EVENT_TIME ? null : contents.timeoutMillis;
  }

  @Override
  public @Nullable Kept kept(Single contents, EpochTimes times, Watermark called) {
    return contents.equals(empty()) ? null : new Kept(contents.state, contents.timeoutMillis);
  }
}
