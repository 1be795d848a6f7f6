package io.vellamo.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The repeated runs of an engine, each on an empty directory, with a check of its rows. */
public final class EngineRuns {
  private EngineRuns() {}

  /** Runs an engine in this process and returns the report. */
  public static RunSummary of(Engine engine, WorkloadOptions options) throws Exception {
    options.check();
    DataSet data = options.data();
    DataSets.makeApart(options.workload(), data, options.root());
    String expected = DataSets.expected(options.workload(), data, options.root());
    List<RunFigures> runs = new ArrayList<>();
    for (int run = 0; run < options.repeat(); run++) {
      RunMeter meter = new RunMeter(options.workload(), Pace.of(options.rate()));
      Path scratch = Files.createTempDirectory(options.root(), "run-");
      try {
        engine.run(new Job(options.workload(), data, options.root(), scratch, meter));
      } finally {
        remove(scratch);
      }
      runs.add(meter.figures(data.events(), expected));
    }
    return RunSummary.of(engine.name(), options, runs);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
