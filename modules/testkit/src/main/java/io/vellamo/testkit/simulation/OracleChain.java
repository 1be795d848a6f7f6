package io.vellamo.testkit.simulation;

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
  private final OracleOperator<Event, ?> first;
  private final OracleOperator<Row, ?> second;
  private final @Nullable OracleDuplicates<Event> distinctEvents;
  private final @Nullable OracleDuplicates<Row> distinctRows;

  // Of the present epoch.
  private List<OracleEvent<Row>> rows = List.of();
  private List<Row> unchanged = List.of();
  private final List<Long> rowTimes = new ArrayList<>();
  private final Set<Event> fromSource = new HashSet<>();
  private long lateRows;

  OracleChain(GeneratedScenario scenario, SimulatedJournal journal) {
    this.operators = scenario.operators();
    this.input = scenario.input();
    this.query = scenario.query();
    ParkRequestLog requests = new ParkRequestLog(journal, query, operators.firstPlace());
    this.first = first(scenario.policy().action(), requests);
    this.second = second();
    this.distinctEvents =
        operators.duplicates() == Duplicates.KEPT
            ? null
            : distinct(operators.duplicates(), input.delayMillis(), Event::original, 0);
    this.distinctRows =
        operators.after().dropsDuplicates()
            ? distinct(Duplicates.DROPPED, 0, Row::duplicateKey, operators.firstPlace() + 1)
            : null;
  }

  private OracleOperator<Event, ?> first(Action action, ParkRequestLog requests) {
    Initial initial = operators.initial();
    GeneratedProcessor processor = operators.processor();
    GeneratedAggregation<Event> aggregation = operators.aggregation();
    if (aggregation != null) {
      return new OracleOperator<>(
          new OracleAggregation<>(aggregation.withoutFlaws()), action, requests::take);
    }
    return processor == null
        ? new OracleOperator<>(
            new OracleFunction<>(operators.first().withoutFlaws(), operators.timeout(), initial),
            action,
            requests::take)
        : new OracleOperator<>(
            new OracleProcessor(processor.withoutFlaws(), initial), action, requests::take);
  }

  private OracleOperator<Row, ?> second() {
    return operators.after() == After.AGGREGATED
        ? new OracleOperator<>(
            new OracleAggregation<>(operators.secondAggregation()),
            Action.FAIL,
            (key, epoch) -> null)
        : new OracleOperator<>(
            new OracleFunction<>(
                operators.second(), operators.second().timeout(), new Initial(Map.of(), false)),
            Action.FAIL,
            (key, epoch) -> null);
  }

  private <V> OracleDuplicates<V> distinct(
      Duplicates kind, long delayMillis, Function<V, Object> key, int place) {
    KeyCodec keys = query.prepared().operators().get(place).keyCodec();
    ToIntFunction<Object> shard = each -> keys.write(each).shard(query.shards());
    return new OracleDuplicates<>(kind, delayMillis, key, shard);
  }

  /**
   * Returns whether an event is late at the operator after the union.
   *
   * @param lateMillis the watermark of the preceding epoch
   */
  boolean isLate(Event event, long time, long lateMillis) {
    if (distinctEvents != null && !input.isFirstDistinct()) {
      return time < lateMillis;
    }
    GeneratedAggregation<Event> aggregation = operators.aggregation();
    if (aggregation != null) {
      return new OracleAggregation<>(aggregation).isLate(event, time, lateMillis);
    }
    return operators.firstUsesEventTime(input.watermarks().size() > 0) && time < lateMillis;
  }

  /** Runs an epoch with the events that are not late. */
  void run(OracleEpoch read, EpochTimes times) {
    rowTimes.clear();
    lateRows = 0;
    fromSource.clear();
    List<OracleEvent<Event>> events = new ArrayList<>();
    if (distinctEvents == null || input.isFirstDistinct()) {
      events.addAll(read.events());
      events.forEach(event -> fromSource.add(event.value()));
    }
    if (distinctEvents != null && input.isFirstDistinct()) {
      for (OracleEvent<Event> event : distinctEvents.run(read.unchecked(), times)) {
        input
            .stages()
            .take(event.value(), made -> events.add(new OracleEvent<>(made, event.time())));
      }
    } else if (distinctEvents != null) {
      events.addAll(distinctEvents.run(read.events(), times));
    }
    first.run(byKey(events, operators::firstGroup), times);
    rows = staged(first.rows());
    unchanged = List.of();
    GeneratedAggregation<Event> aggregation = operators.aggregation();
    if (aggregation != null && aggregation.isComplete()) {
      wholeResult(!first.rows().isEmpty(), staged(untimed(first.result())));
    }
    EpochTimes heldBack = times.heldBackBy(operators.behindMillis());
    if (distinctRows != null) {
      rows = distinctRows.run(timely(rows, heldBack), heldBack);
    }
    if (operators.after().hasSecond()) {
      List<OracleEvent<Row>> timed = rows.stream().map(this::timed).toList();
      EpochTimes own = operators.after() == After.SECOND_IN_EVENT_TIME ? times : heldBack;
      second.run(byKey(timely(timed, own), operators::secondGroup), own);
      rows = List.copyOf(second.rows());
      if (operators.after() == After.AGGREGATED && operators.secondAggregation().isComplete()) {
        wholeResult(!rows.isEmpty(), untimed(second.result()));
      }
    }
  }

  /** Takes the whole result, which goes to the sink if the epoch changes it. */
  private void wholeResult(boolean isChanged, List<OracleEvent<Row>> result) {
    rows = isChanged ? result : List.of();
    unchanged = isChanged ? List.of() : result.stream().map(OracleEvent::value).toList();
  }

  private static List<OracleEvent<Row>> untimed(List<Row> some) {
    return some.stream().map(row -> new OracleEvent<>(row, null)).toList();
  }

  private List<OracleEvent<Row>> staged(List<OracleEvent<Row>> some) {
    return some.stream()
        .filter(row -> isKept(row.value()))
        .map(row -> new OracleEvent<>(mapped(row.value()), row.time()))
        .toList();
  }

  /** Returns a row with its own event time if the watermark follows it. */
  private OracleEvent<Row> timed(OracleEvent<Row> row) {
    return operators.after() == After.SECOND_IN_EVENT_TIME
        ? new OracleEvent<>(row.value(), row.value().instant().toEpochMilli())
        : row;
  }

  private boolean isKept(Row row) {
    return operators.rowStage() != RowStage.FILTER || GeneratedOperators.keeps(row);
  }

  private Row mapped(Row row) {
    return operators.rowStage() == RowStage.MAP ? row.withoutFiller() : row;
  }

  /** Returns the rows that are not late at the next operator; counts the others. */
  private List<OracleEvent<Row>> timely(List<OracleEvent<Row>> timed, EpochTimes times) {
    List<OracleEvent<Row>> timely = timed.stream().filter(row -> isTimely(row, times)).toList();
    lateRows += timed.size() - timely.size();
    return timely;
  }

  private boolean isTimely(OracleEvent<Row> row, EpochTimes times) {
    Long time = row.time();
    if (time == null) {
      return true;
    }
    if (operators.after() == After.SECOND_IN_EVENT_TIME) {
      rowTimes.add(time);
    }
    long lateMillis = times.lateWatermark().millis();
    return switch (operators.after()) {
      case AGGREGATED ->
          !new OracleAggregation<>(operators.secondAggregation())
              .isLate(row.value(), time, lateMillis);
      // Without event-time timeouts.
      case SECOND -> true;
      // A group that was parked emits the rows of windows that ended meanwhile.
      default -> time >= lateMillis;
    };
  }

  private static <V> Map<Integer, List<OracleEvent<V>>> byKey(
      List<OracleEvent<V>> events, Function<V, Integer> key) {
    Map<Integer, List<OracleEvent<V>>> byKey = new TreeMap<>();
    for (OracleEvent<V> event : events) {
      byKey.computeIfAbsent(key.apply(event.value()), none -> new ArrayList<>()).add(event);
    }
    return byKey;
  }

  /** Returns the rows that go to the sink. */
  List<Row> rows() {
    return rows.stream().map(OracleEvent::value).toList();
  }

  /**
   * Returns the whole result, if the epoch does not change it. An epoch that is run again may send
   * it to the sink nevertheless, since its changes are not known any more.
   */
  List<Row> unchanged() {
    return unchanged;
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
