package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.protocol.query.QuerySetup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A user's query in a simulation. */
final class UserScenario implements Scenario {
  private final Simulation simulation;
  private final List<SimulatedSource<?>> sources;
  private final List<SimulatedSink<?>> sinks;
  private final @Nullable Supplier<? extends Collection<?>> rowsAtSink;
  private final List<Runnable> checks;
  private final RecordingSink recorder;
  private final LocalQuery query;

  UserScenario(
      Simulation simulation,
      QueryPlan plan,
      List<SimulatedSource<?>> sources,
      List<SimulatedSink<?>> sinks,
      @Nullable Supplier<? extends Collection<?>> rowsAtSink,
      List<Runnable> checks) {
    Dice dice = simulation.generatedBy(false).query();
    this.simulation = simulation;
    this.sources = sources;
    this.sinks = sinks;
    this.rowsAtSink = rowsAtSink;
    this.checks = checks;
    this.recorder = new RecordingSink(plan.sink());
    long recordBytes = dice.oneOf(200, 1_000, 1_000_000);
    JournalLimits limits =
        new JournalLimits(
            dice.oneOf(300, 3_000, 1_000_000), recordBytes, recordBytes * dice.oneOf(1, 3), false);
    this.query =
        LocalQueries.of(
            recorder.in(plan),
            simulation.clock(),
            dice.between(1, 3),
            limits,
            dice.oneOf(1, 3, 100));
  }

  @Override
  public LocalQuery query() {
    return query;
  }

  @Override
  public QuerySetup setup(UUID runId) {
    return LocalQueries.setup(query, runId);
  }

  @Override
  public String feed(Dice dice) {
    List<SimulatedSource<?>> growing = sources.stream().filter(each -> !each.isFed()).toList();
    return dice.pick(growing).feed(dice);
  }

  @Override
  public boolean isFed() {
    return sources.stream().allMatch(SimulatedSource::isFed);
  }

  @Override
  public boolean isRead(Offsets offsets) {
    return sources.size() < query.prepared().plan().upstream().sources().size()
        || sum(offsets) == sources.stream().mapToLong(source -> sum(source.ends())).sum();
  }

  private static long sum(Offsets offsets) {
    return offsets.asMap().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public List<SimulatedSource<?>> sources() {
    return sources;
  }

  @Override
  public List<? extends FailingSink<?>> sinks() {
    return sinks;
  }

  @Override
  public void check(Simulation finished) {
    new JournalChecks(simulation.journal(), query).check(finished);
    recorder.requireSameRows();
    if (rowsAtSink != null) {
      requireRows(rowsAtSink.get());
    }
    checks.forEach(Runnable::run);
  }

  private void requireRows(Collection<?> found) {
    Map<Object, Integer> difference = new HashMap<>();
    found.forEach(row -> difference.merge(row, 1, Integer::sum));
    recorder.rows().forEach(row -> difference.merge(row, -1, Integer::sum));
    boolean mayRepeat = query.prepared().plan().sink().guarantee() == SinkGuarantee.AT_LEAST_ONCE;
    List<String> wrong = new ArrayList<>();
    difference.forEach(
        (row, times) -> {
          if (times < 0 || (times > 0 && !mayRepeat)) {
            wrong.add(
                "row [%s] is there [%d] times too %s"
                    .formatted(row, Math.abs(times), times < 0 ? "few" : "many"));
          }
        });
    if (!wrong.isEmpty()) {
      wrong.sort(null);
      throw new AssertionError(
          "the rows at the sink [%s] must be those of all epochs, each once: %s"
              .formatted(query.prepared().sinkDescription(), String.join("; ", wrong)));
    }
  }
}
