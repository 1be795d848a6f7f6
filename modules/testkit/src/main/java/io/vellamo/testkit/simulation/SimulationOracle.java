package io.vellamo.testkit.simulation;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.testkit.simulation.FailingSink.Written;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.GeneratedOperators.After;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final GeneratedInput input;
  private final OracleChain chain;
  private final OracleWatermarks watermarks;
  private final Map<Long, EpochPlan> plans = new TreeMap<>();
  private final Map<Long, EpochCommitted> commits = new TreeMap<>();
  private final Map<Long, List<String>> rowsAtSink = new TreeMap<>();
  private final Map<Long, List<String>> deadAtSink = new TreeMap<>();
  private final Map<Long, Long> lateAtSink = new TreeMap<>();
  private final Map<SourcePartition, Long> offsets = new TreeMap<>();

  SimulationOracle(GeneratedScenario scenario, SimulatedJournal journal) {
    this.scenario = scenario;
    this.journal = journal;
    this.input = scenario.input();
    this.chain = new OracleChain(scenario, journal);
    this.watermarks =
        new OracleWatermarks(
            scenario.watermarks(), input.policy(), scenario.query().prepared().plan().trigger());
  }

  void check() {
    readJournal();
    readSinks();
    for (EpochPlan plan : plans.values()) {
      checkEpoch(plan);
    }
    checkTotals();
    List<OracleGroups> groups = chain.groups();
    for (int place = 0; place < groups.size(); place++) {
      new GroupChecks(scenario.query(), journal).check(place, groups.get(place));
    }
  }

  /**
   * Checks that no timeout by processing time has passed without a call. One by event time may
   * have: after a restart, the watermark stands until there is data.
   */
  void checkTimeouts(long processingTimeMillis) {
    chain.checkTimeouts(processingTimeMillis);
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
    watermarks.check(plan);
    OracleEpoch read = OracleEpoch.of(plan, input, chain);
    takeOffsets(plan);
    chain.run(read, plan.times());
    boolean isRepeatedResult = !chain.unchanged().isEmpty() && rowsAtSink.containsKey(epoch);
    List<Row> rows = isRepeatedResult ? chain.unchanged() : chain.rows();
    same(epoch, "rows", rows.stream().map(Row::toString).toList(), rowsAtSink.get(epoch));
    List<Event> dead = new ArrayList<>(read.deadLetters());
    dead.addAll(chain.deadLetters());
    same(epoch, "dead letters", dead.stream().map(Event::toString).toList(), deadAtSink.get(epoch));
    long late = read.late() + chain.lateRows();
    long lateFound = lateAtSink.getOrDefault(epoch, 0L);
    require(late == lateFound, "epoch %d has %d late events, has %d", epoch, late, lateFound);
    EventCounts counts = knownCommit(epoch).commit().events();
    long processed = read.processed() - chain.deadOfEpoch();
    EventCounts expected =
        new EventCounts(processed, read.late(), read.deadLetters().size() + chain.deadOfEpoch());
    require(counts.equals(expected), "epoch %d has %s, has %s", epoch, expected, counts);
    List<Map<String, List<Long>>> times = new ArrayList<>(read.times());
    times.add(Map.of("", chain.rowTimes()));
    watermarks.take(times);
  }

  private EpochCommitted knownCommit(long epoch) {
    EpochCommitted commit = commits.get(epoch);
    if (commit == null) {
      throw new AssertionError("epoch [%d] must be committed".formatted(epoch));
    }
    return commit;
  }

  private void takeOffsets(EpochPlan plan) {
    for (OffsetRange range : plan.ranges()) {
      long from = offsets.getOrDefault(range.partition(), 0L);
      require(
          range.from() == from,
          "epoch %d reads %s from %d, reads it from %d",
          plan.epoch(),
          range.partition(),
          from,
          range.from());
      offsets.put(range.partition(), range.until());
    }
  }

  private void checkTotals() {
    require(
        offsets.equals(input.ends().asMap()),
        "the events before %s are read, those before %s are",
        input.ends().asMap(),
        offsets);
    Set<Integer> applied = new HashSet<>();
    boolean hasRowPerEvent =
        scenario.operators().hasFunction() && scenario.operators().first().eachEvent();
    if (scenario.operators().after() == After.NOTHING && hasRowPerEvent) {
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

  /** Throws unless something holds. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is not on the class path
  static void require(boolean holds, String what, Object... details) {
    if (!holds) {
      throw new AssertionError("it must hold that " + what.formatted(details));
    }
  }
}
