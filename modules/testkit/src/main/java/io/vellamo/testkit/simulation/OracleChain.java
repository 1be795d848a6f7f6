package io.vellamo.testkit.simulation;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy.Action;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.GeneratedOperators.After;
import io.vellamo.testkit.simulation.GeneratedOperators.Duplicates;
import io.vellamo.testkit.simulation.GeneratedOperators.Initial;
import io.vellamo.testkit.simulation.GeneratedOperators.RowStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A computation of what the operators of a generated query must do, one after the other. */
final class OracleChain {
  private final GeneratedOperators operators;
  private final GeneratedInput input;
  private final LocalQuery query;
  private final OracleOperator<Event> first;
  private final OracleOperator<Row> second;
  private final @Nullable OracleDuplicates<Event> distinctEvents;
  private final @Nullable OracleDuplicates<Row> distinctRows;

  // Of the present epoch.
  private List<Row> rows = List.of();
  private final List<Long> rowTimes = new ArrayList<>();
  private final Set<Event> fromSource = new HashSet<>();
  private long lateRows;

  OracleChain(GeneratedScenario scenario, SimulatedJournal journal) {
    this.operators = scenario.operators();
    this.input = scenario.input();
    this.query = scenario.query();
    ParkRequestLog requests = new ParkRequestLog(journal, query, operators.firstPlace());
    this.first =
        new OracleOperator<>(
            operators.first().withoutFlaws(),
            operators.timeout(),
            scenario.policy().action(),
            requests::take,
            operators.initial());
    this.second =
        new OracleOperator<>(
            operators.second(),
            operators.second().timeout(),
            Action.FAIL,
            (key, epoch) -> null,
            new Initial(Map.of(), false));
    this.distinctEvents =
        operators.duplicates() == Duplicates.KEPT
            ? null
            : distinct(operators.duplicates(), input.delayMillis(), Event::original, 0);
    this.distinctRows =
        operators.after().dropsDuplicates()
            ? distinct(Duplicates.DROPPED, 0, Row::duplicateKey, operators.firstPlace() + 1)
            : null;
  }

  private <V> OracleDuplicates<V> distinct(
      Duplicates kind, long delayMillis, Function<V, Object> key, int place) {
    KeyCodec keys = query.prepared().operators().get(place).keyCodec();
    ToIntFunction<Object> shard = each -> keys.write(each).shard(query.shards());
    return new OracleDuplicates<>(kind, delayMillis, key, shard);
  }

  /** Returns whether the operator after the union gets no late events. */
  boolean dropsLate() {
    return operators.timeout() == GroupStateTimeout.EVENT_TIME
        || (distinctEvents != null && !input.isFirstDistinct());
  }

  /** Runs an epoch with the events that are not late. */
  void run(OracleEpoch read, EpochTimes times) {
    rowTimes.clear();
    lateRows = 0;
    fromSource.clear();
    List<Event> events = new ArrayList<>();
    if (distinctEvents == null || input.isFirstDistinct()) {
      read.events().forEach(event -> events.add(event.value()));
      fromSource.addAll(events);
    }
    if (distinctEvents != null && input.isFirstDistinct()) {
      for (OracleEvent<Event> event : distinctEvents.run(read.unchecked(), times)) {
        input.stages().take(event.value(), events::add);
      }
    } else if (distinctEvents != null) {
      distinctEvents.run(read.events(), times).forEach(event -> events.add(event.value()));
    }
    first.run(byKey(events, Event::key), times);
    rows = first.rows().stream().filter(this::isKept).map(this::mapped).toList();
    if (distinctRows != null) {
      List<OracleEvent<Row>> untimed =
          rows.stream().map(row -> new OracleEvent<>(row, null)).toList();
      rows = distinctRows.run(untimed, times).stream().map(OracleEvent::value).toList();
    }
    if (operators.after().hasSecond()) {
      List<Row> timely = rows.stream().filter(row -> isTimely(row, times)).toList();
      lateRows = (long) rows.size() - timely.size();
      second.run(byKey(timely, row -> row.key() % 2), times);
      rows = List.copyOf(second.rows());
    }
  }

  private boolean isKept(Row row) {
    return operators.rowStage() != RowStage.FILTER || GeneratedOperators.keeps(row);
  }

  private Row mapped(Row row) {
    return operators.rowStage() == RowStage.MAP ? row.withoutFiller() : row;
  }

  private boolean isTimely(Row row, EpochTimes times) {
    if (operators.after() != After.SECOND_IN_EVENT_TIME) {
      return true;
    }
    long time = row.instant().toEpochMilli();
    rowTimes.add(time);
    return time >= times.lateWatermark().millis();
  }

  private static <V> Map<Integer, List<V>> byKey(List<V> values, Function<V, Integer> key) {
    Map<Integer, List<V>> byKey = new TreeMap<>();
    for (V value : values) {
      byKey.computeIfAbsent(key.apply(value), none -> new ArrayList<>()).add(value);
    }
    return byKey;
  }

  /** Returns the rows that go to the sink. */
  List<Row> rows() {
    return rows;
  }

  /** Returns the event times of the rows between the functions, if they have any. */
  List<Long> rowTimes() {
    return List.copyOf(rowTimes);
  }

  /** Returns the number of rows that are late at the second function. */
  long lateRows() {
    return lateRows;
  }

  /** Returns the events that were left out. */
  List<Event> deadLetters() {
    return first.deadLetters();
  }

  /**
   * Returns the number of them that count as dead letters of the epoch: those that it has read, and
   * that no other operator has passed on, as it has processed them.
   */
  long deadOfEpoch() {
    return first.deadOfEpoch().stream().filter(fromSource::contains).count();
  }

  /** Checks that no timeout by processing time has passed without a call. */
  void checkTimeouts(long processingTimeMillis) {
    first.checkTimeouts(processingTimeMillis);
    second.checkTimeouts(processingTimeMillis);
  }

  /** Returns the groups of each operator, by place. */
  List<OracleGroups> groups() {
    List<OracleGroups> all = new ArrayList<>();
    if (distinctEvents != null) {
      all.add(distinctEvents);
    }
    all.add(first);
    if (distinctRows != null) {
      all.add(distinctRows);
    }
    if (operators.after().hasSecond()) {
      all.add(second);
    }
    return all;
  }
}
