package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.testkit.simulation.GeneratedOperators.After;
import io.vellamo.testkit.simulation.GeneratedOperators.Duplicates;
import io.vellamo.testkit.simulation.GeneratedOperators.RowStage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The queries and the faults of the seeds that every build simulates. */
class GeneratedScenarioTest {
  private static final int SEEDS = 300;

  @Test
  void queries_ofAllSeeds_haveEachFeature() {
    Set<Object> found = new HashSet<>();
    for (GeneratedScenario scenario : scenarios()) {
      GeneratedOperators operators = scenario.operators();
      GeneratedInput input = scenario.input();
      found.add(operators.duplicates());
      found.add(operators.after());
      found.add(operators.rowStage());
      GeneratedAggregation<?> aggregation = operators.aggregation();
      if (aggregation != null) {
        found.add(aggregation.kind());
        found.add(aggregation.kind() + " in " + aggregation.mode());
        found.add("aggregation of all events " + aggregation.isGlobal());
        found.add("aggregation then " + operators.after());
        found.add(aggregation.kind() + " as one value " + aggregation.keepsOneValue());
      }
      found.addAll(input.stages().kinds());
      if (input.branches().size() > 1 && input.watermarks().size() > 1) {
        found.add(input.policy());
      }
      if (input.isFirstDistinct()) {
        found.add("duplicates dropped before the union");
      }
      if (!operators.initial().states().isEmpty()) {
        found.add("initial " + operators.initial().calledOnlyWithEvents());
      }
    }

    assertThat(found)
        .containsAll(EnumSet.allOf(Duplicates.class))
        .containsAll(EnumSet.allOf(After.class))
        .containsAll(EnumSet.allOf(RowStage.class))
        .containsAll(EnumSet.allOf(GeneratedAggregation.Kind.class))
        .containsAll(EnumSet.allOf(GeneratedStages.Kind.class))
        .containsAll(EnumSet.allOf(WatermarkPolicy.class))
        .contains("initial true", "initial false", "duplicates dropped before the union")
        .contains("TUMBLING in UPDATE", "TUMBLING in APPEND", "SLIDING in UPDATE")
        .contains("NONE in COMPLETE", "TUMBLING in COMPLETE", "SLIDING in COMPLETE")
        .contains("SESSION in COMPLETE")
        .contains("aggregation of all events true", "aggregation of all events false")
        .contains("TUMBLING as one value true", "SLIDING as one value true")
        .contains("SLIDING as one value false", "aggregation then AGGREGATED");
  }

  @Test
  void queries_mostly_haveOnePlainSource() {
    long plain =
        scenarios().stream()
            .filter(scenario -> scenario.input().branches().size() == 1)
            .filter(scenario -> scenario.operators().duplicates() == Duplicates.KEPT)
            .count();

    assertThat(plain).isGreaterThan(SEEDS / 3);
  }

  @Test
  void faults_ofSomeSeeds_areOfEachKind() {
    StringBuilder traces = new StringBuilder();
    for (long seed = 1; seed <= 40; seed++) {
      SeedResult result = SeedResult.traced(seed, GeneratedRuns.simulator(), SeedReduction.NONE);
      traces.append(result.trace().stream().collect(Collectors.joining("\n"))).append('\n');
    }

    assertThat(traces)
        .contains(
            "crashes",
            "it has happened:",
            "records at most are written:",
            "is taken for lost and goes on",
            "stops",
            "lost with run",
            "happens and fails:",
            "rows: run",
            "happens, not reported yet:",
            "sent twice:",
            "gets the request too",
            "are deleted",
            "the wall clock is set",
            "a user asks");
  }

  private static List<GeneratedScenario> scenarios() {
    List<GeneratedScenario> scenarios = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation =
          new Simulation(seed, SeedReduction.NONE, new SimulatedJournal(), new Trace(false));
      scenarios.add(
          new GeneratedScenario(
              simulation.generatedBy(false), simulation.journal(), PlantedFault.NONE));
    }
    return scenarios;
  }
}
