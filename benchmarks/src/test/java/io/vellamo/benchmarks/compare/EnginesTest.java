package io.vellamo.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.benchmarks.floor.FloorEngine;
import io.vellamo.benchmarks.vellamo.VellamoEngine;
import io.vellamo.benchmarks.vellamo.VellamoEngine.Hosting;
import io.vellamo.benchmarks.workload.DataSets;
import io.vellamo.benchmarks.workload.Engine;
import io.vellamo.benchmarks.workload.EngineRuns;
import io.vellamo.benchmarks.workload.RunSummary;
import io.vellamo.benchmarks.workload.Workload;
import io.vellamo.benchmarks.workload.WorkloadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import picocli.CommandLine;

/** What is compared gives the rows that are computed from the sorted input. */
final class EnginesTest {
  @TempDir private static Path root;

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"W1", "W2", "W3"})
  void rows_ofPlainJava_areTheExpected(Workload workload) throws Exception {
    assertThat(run(new FloorEngine(false), workload).ok()).isTrue();
    assertThat(run(new FloorEngine(true), workload).ok()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"W1", "W2", "W3", "W4"})
  void rows_ofVellamo_areTheExpected(Workload workload) throws Exception {
    assertThat(run(new VellamoEngine(Hosting.INLINE, false, false), workload).ok()).isTrue();
    assertThat(run(new VellamoEngine(Hosting.ACTOR, true, false), workload).ok()).isTrue();
    assertThat(run(new VellamoEngine(Hosting.INLINE, true, true), workload).ok()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"W1", "W2", "W3", "W4"})
  void rows_ofGeneratedEvents_areTheExpected(Workload workload) throws Exception {
    RunSummary inline = run(new VellamoEngine(Hosting.INLINE, true, false), workload);
    RunSummary actors = run(new VellamoEngine(Hosting.ACTOR, false, false), workload);

    // One window of ten seconds, and the beginning of the next.
    assertThat(inline.rows()).isGreaterThanOrEqualTo(2);
    assertThat(inline.ok()).isTrue();
    assertThat(actors.ok()).isTrue();
    assertThat(inline.keys()).isZero();
  }

  @Test
  void run_atARate_hasLatencies() throws Exception {
    Engine engine = new VellamoEngine(Hosting.INLINE, true, false);

    RunSummary report =
        run(engine, Workload.W2, "--events", "5000", "--keys", "500", "--rate", "20000");

    assertThat(report.ok()).isTrue();
    // An engine that took events before they were due would have negative ones.
    assertThat(report.latencyP50()).isPositive();
    assertThat(report.latencyMax()).isGreaterThanOrEqualTo(report.latencyP99());
    assertThat(RunSummary.parse(report.toJson())).isEqualTo(report);
    assertThat(report.toJson()).contains("\"lat_p99_ms\":", "\"rss_peak_mb\":");
  }

  @Test
  void runs_repeated_reportTheFirstAndTheBestOfTheOthers() throws Exception {
    RunSummary report = run(new FloorEngine(true), Workload.W1, "--repeat", "3");

    assertThat(report.epsWarm()).isPositive();
    assertThat(report.latencyP50()).isNull();
    assertThat(TableRow.of(report)).startsWith("| floor, log | ").endsWith(" | right |");
    assertThat(columns(TableRow.of(report)))
        .isEqualTo(TableRow.HEAD.lines().mapToLong(EnginesTest::columns).max().orElseThrow())
        .isEqualTo(TableRow.HEAD.lines().mapToLong(EnginesTest::columns).min().orElseThrow());
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("run-"));
    }
  }

  private static long columns(String row) {
    return row.chars().filter(letter -> letter == '|').count();
  }

  private static RunSummary run(Engine engine, Workload workload, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--workload", workload.name()));
    arguments.addAll(List.of("--data", root.toString()));
    if (!List.of(more).contains("--events")) {
      // Two epochs.
      arguments.addAll(List.of("--events", "120000", "--keys", "10000"));
    }
    arguments.addAll(List.of(more));
    WorkloadOptions options =
        CommandLine.populateCommand(new WorkloadOptions(), arguments.toArray(String[]::new));
    DataSets.make(workload, options.data(), root);
    return EngineRuns.of(engine, options);
  }
}
