package io.vellamo.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, in this JVM and too short to say anything. */
final class BenchmarksTest {
  private static final Path SOURCES = Path.of("src/main/java/io/vellamo/benchmarks/jmh");
  private static final Path PAGE = Path.of("../../docs/benchmarks.md");

  @Test
  void benchmarks_runForAMoment() throws RunnerException, IOException {
    Options options =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(options).run();

    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
    assertThat(results)
        .extracting(BenchmarksTest::className)
        .hasSameElementsAs(classesOfBenchmarks());
  }

  @Test
  void page_namesEveryBenchmark() throws IOException {
    String page = Files.readString(PAGE);

    for (String name : classesOfBenchmarks()) {
      assertThat(page).contains("`" + name + "`");
    }
  }

  private static String className(RunResult result) {
    List<String> parts = List.of(result.getParams().getBenchmark().split("\\."));
    return parts.get(parts.size() - 2);
  }

  private static Collection<String> classesOfBenchmarks() throws IOException {
    Collection<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (name.endsWith("Benchmark")) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
