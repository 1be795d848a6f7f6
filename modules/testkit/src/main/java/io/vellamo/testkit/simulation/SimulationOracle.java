package io.vellamo.testkit.simulation;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy.Action;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Tally;
import io.vellamo.testkit.simulation.SimulatedSink.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a generated query's results with a computation of its own, from the plans in
 * the journal and the events of the source.
 */
final class SimulationOracle {
  private final GeneratedScenario scenario;
  private final SimulatedJournal journal;
  private final OracleOperator<Event> first;
  private final OracleOperator<Row> second;
  private final Map<Long, EpochPlan> plans = new TreeMap<>();
  private final Map<Long, EpochCommitted> commits = new TreeMap<>();
  private final Map<Long, List<String>> rowsAtSink = new TreeMap<>();
  private final Map<Long, List<String>> deadAtSink = new TreeMap<>();
  private final Map<Long, Long> lateAtSink = new TreeMap<>();
  private long watermark = Long.MIN_VALUE;
  private long nextWatermark = Long.MIN_VALUE;
  private long processingTime = Long.MIN_VALUE;
  private EventCounts total = EventCounts.NONE;

  SimulationOracle(GeneratedScenario scenario, SimulatedJournal journal) {
    this.scenario = scenario;
    this.journal = journal;
    LocalQuery query = scenario.query();
    ParkRequestLog requests = new ParkRequestLog(journal, query, 0);
    Generated.First sure = scenario.first().withoutFlaws();
    this.first =
        new OracleOperator<>(sure, scenario.timeout(), scenario.policy().action(), requests::take);
    this.second =
        new OracleOperator<>(
            scenario.second(),
            scenario.second().timeoutMillis() > 0
                ? GroupStateTimeout.PROCESSING_TIME
                : GroupStateTimeout.NONE,
            Action.FAIL,
            (key, epoch) -> null);
  }

  void check() {
    readJournal();
    readSinks();
    for (EpochPlan plan : plans.values()) {
      checkEpoch(plan);
    }
    checkTotals();
    new GroupChecks(scenario.query(), journal).check(0, first);
    if (scenario.isChain()) {
      new GroupChecks(scenario.query(), journal).check(1, second);
    }
  }

  /**
   * Checks that no timeout by processing time has passed without a call. One by event time may
   * have: after a restart, the watermark stands until there is data.
   */
  void checkTimeouts(long processingTimeMillis) {
    if (!isEventTime()) {
      requireNotDue(first, processingTimeMillis);
    }
    requireNotDue(second, processingTimeMillis);
  }

  private static void requireNotDue(OracleOperator<?> operator, long nowMillis) {
    operator
        .groups()
        .forEach(
            (key, group) -> {
              Long due = group.timeoutMillis;
              if (due != null && !group.isParked) {
                require(
                    due >= nowMillis,
                    "group %s is called when its timeout %s has passed, it is %s",
                    key,
                    due,
                    nowMillis);
              }
            });
  }

  private void readJournal() {
    for (SimulatedJournal.Entry entry : journal.entries(LocalRun.QUERY_LOG)) {
      if (entry.record() instanceof EpochPlanned planned) {
        EpochPlan before = plans.put(planned.plan().epoch(), planned.plan());
        require(before == null, "epoch %d is planned once", planned.plan().epoch());
        require(
            planned.plan().epoch() == commits.size() + 1,
            "epoch %d is planned after the commit of the preceding one",
            planned.plan().epoch());
      } else if (entry.record() instanceof EpochCommitted committed) {
        EpochCommitted before = commits.put(committed.commit().epoch(), committed);
        require(before == null, "epoch %d is committed once", committed.commit().epoch());
      }
    }
    require(plans.keySet().equals(commits.keySet()), "every plan is committed");
  }

  private void readSinks() {
    boolean mayRepeat = scenario.sink().guarantee() == SinkGuarantee.AT_LEAST_ONCE;
    Map<Object, Object> known = new HashMap<>();
    for (Written<Row> row : scenario.sink().written()) {
      Object before = known.putIfAbsent(row.id(), row.row());
      require(before == null || mayRepeat, "row %s is at the sink once", row.id());
      require(before == null || before.equals(row.row()), "row %s is the same each time", row.id());
      if (before == null) {
        add(rowsAtSink, row.epoch(), row.row().toString());
      }
    }
    scenario
        .deadLetters()
        .written()
        .forEach(
            letter ->
                add(deadAtSink, letter.epoch(), letter.row().event().orElseThrow().toString()));
    scenario.lateEvents().written().forEach(late -> lateAtSink.merge(late.epoch(), 1L, Long::sum));
  }

  private static void add(Map<Long, List<String>> byEpoch, long epoch, String value) {
    byEpoch.computeIfAbsent(epoch, none -> new ArrayList<>()).add(value);
  }

  private void checkEpoch(EpochPlan plan) {
    long epoch = plan.epoch();
    checkTimes(plan);
    Map<Integer, List<Event>> events = new TreeMap<>();
    long late = 0;
    long input = 0;
    long newest = Long.MIN_VALUE;
    for (OffsetRange range : plan.ranges()) {
      for (Event event : scenario.source().events(range)) {
        input++;
        newest = Math.max(newest, event.time());
        if (isEventTime() && event.time() < plan.times().lateWatermark().millis()) {
          late++;
        } else {
          events.computeIfAbsent(event.key(), none -> new ArrayList<>()).add(event);
        }
      }
    }
    first.run(events, plan.times());
    List<Row> rows = scenario.isChain() ? secondRows(plan.times()) : first.rows();
    same(epoch, "rows", rows.stream().map(Row::toString).toList(), rowsAtSink.get(epoch));
    same(
        epoch,
        "dead letters",
        first.deadLetters().stream().map(Event::toString).toList(),
        deadAtSink.get(epoch));
    require(late == lateAtSink.getOrDefault(epoch, 0L), "epoch %d has %d late events", epoch, late);
    EventCounts counts = knownCommit(epoch).commit().events();
    EventCounts expected =
        new EventCounts(input - late - first.deadOfEpoch(), late, first.deadOfEpoch());
    require(counts.equals(expected), "epoch %d has %s, has %s", epoch, expected, counts);
    total = total.plus(counts);
    moveWatermark(plan, newest);
  }

  private boolean isEventTime() {
    return scenario.timeout() == GroupStateTimeout.EVENT_TIME;
  }

  private EpochCommitted knownCommit(long epoch) {
    EpochCommitted commit = commits.get(epoch);
    if (commit == null) {
      throw new AssertionError("epoch [%d] must be committed".formatted(epoch));
    }
    return commit;
  }

  private List<Row> secondRows(EpochTimes times) {
    Map<Integer, List<Row>> byKey = new TreeMap<>();
    for (Row row : first.rows()) {
      byKey.computeIfAbsent(row.key() % 2, none -> new ArrayList<>()).add(row);
    }
    second.run(byKey, times);
    return second.rows();
  }

  private void checkTimes(EpochPlan plan) {
    EpochTimes times = plan.times();
    long epoch = plan.epoch();
    require(
        times.processingTimeMillis() >= processingTime,
        "the processing time of epoch %d is not before that of the preceding one",
        epoch);
    processingTime = times.processingTimeMillis();
    if (!isEventTime()) {
      return;
    }
    long now = times.watermark().millis();
    require(
        times.lateWatermark().millis() == watermark,
        "events are late in epoch %d before the preceding watermark",
        epoch);
    boolean isDrained =
        scenario.query().prepared().plan().trigger().ends() && now == Long.MAX_VALUE;
    boolean mayStay = plan.ranges().isEmpty() && now == watermark;
    require(
        now == nextWatermark || isDrained || mayStay,
        "the watermark of epoch %d is %d, is %d",
        epoch,
        nextWatermark,
        now);
    require(now >= watermark, "the watermark of epoch %d does not go back", epoch);
  }

  private void moveWatermark(EpochPlan plan, long newest) {
    watermark = plan.times().watermark().millis();
    nextWatermark = Math.max(nextWatermark, watermark);
    if (newest != Long.MIN_VALUE) {
      nextWatermark = Math.max(nextWatermark, newest - scenario.delayMillis());
    }
  }

  private void checkTotals() {
    long events =
        scenario.source().ends().asMap().values().stream().mapToLong(Long::longValue).sum();
    require(total.input() == events, "%d events have a fate, have %d", events, total.input());
    Set<Integer> applied = new HashSet<>();
    if (!scenario.isChain() && scenario.first().eachEvent()) {
      for (Row row : scenario.sink().rows()) {
        boolean isNew = !row.kind().equals("event") || applied.add(row.event());
        require(
            isNew || scenario.sink().guarantee() == SinkGuarantee.AT_LEAST_ONCE,
            "event %d is applied once",
            row.event());
      }
    }
  }

  private static void same(
      long epoch, String what, List<String> expected, @Nullable List<String> found) {
    List<String> left = new ArrayList<>(expected);
    left.sort(null);
    List<String> right = new ArrayList<>(found == null ? List.of() : found);
    right.sort(null);
    require(
        left.equals(right),
        "the %s of epoch %d are\n    %s\n  and not\n    %s",
        what,
        epoch,
        String.join("\n    ", left),
        String.join("\n    ", right));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is not on the class path
  private static void require(boolean holds, String what, Object... details) {
    if (!holds) {
      throw new AssertionError("it must hold that " + what.formatted(details));
    }
  }

  /** Returns whether two groups hold the same. */
  static boolean isSame(
      OracleOperator.Group<?> group, @Nullable Tally state, @Nullable Long timeout) {
    return Objects.equals(group.state, state) && Objects.equals(group.timeoutMillis, timeout);
  }
}
