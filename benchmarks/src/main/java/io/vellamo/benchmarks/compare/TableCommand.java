package io.vellamo.benchmarks.compare;

import io.vellamo.benchmarks.workload.RunSummary;
import io.vellamo.benchmarks.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that runs engines one after the other, each in its own JVM, and prints a table. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = "Runs engines one after the other, each in a fresh JVM, and prints a table.")
final class TableCommand implements Callable<Integer> {
  @Option(
      names = "--workload",
      split = ",",
      defaultValue = "W1,W2,W3",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private List<Workload> workloads = List.of();

  @Option(
      names = "--engine",
      split = ",",
      defaultValue =
          "FLOOR,FLOOR_LOG,INLINE_MEMORY,INLINE_JOURNAL,ACTOR_MEMORY,ACTOR_JOURNAL,FLINK_HEAP,"
              + "FLINK_ROCKSDB",
      description = "${COMPLETION-CANDIDATES}; default: all")
  private List<Contender> contenders = List.of();

  @Option(names = "--data", defaultValue = "target/data", description = "as without table")
  private Path data = Path.of("target/data");

  @Option(names = "--keys", defaultValue = "100000", description = "default: ${DEFAULT-VALUE}")
  private long keys;

  @Option(names = "--events", defaultValue = "1000000", description = "default: ${DEFAULT-VALUE}")
  private int events;

  @Option(names = "--repeat", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repeat;

  @Option(names = "--rate", defaultValue = "0", description = "as without table")
  private double rate;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx4g",
      description = "of each JVM, separated by spaces; default: ${DEFAULT-VALUE}")
  private List<String> javaOptions = List.of();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    boolean ok = true;
    for (Workload workload : workloads) {
      out.printf(Locale.ROOT, "%n%s, %,d events%s%n%n", workload, events, keys(workload));
      out.println(TableRow.HEAD);
      for (Contender contender : contenders) {
        if (!contender.runs(workload)) {
          continue;
        }
        Path jar = jar(contender);
        if (!Files.exists(jar)) {
          out.printf("| %s | not built: %s |%n", contender, jar);
          continue;
        }
        RunSummary report = run(contender, jar, workload);
        ok &= report != null && report.ok();
        out.println(report == null ? "| " + contender + " | failed |" : TableRow.of(report));
      }
    }
    return ok ? 0 : 1;
  }

  private String keys(Workload workload) {
    return workload.input() == Workload.Input.DATA_SET
        ? String.format(Locale.ROOT, ", %,d keys", keys)
        : "";
  }

  private @Nullable RunSummary run(Contender contender, Path jar, Workload workload)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(contender.arguments());
    command.addAll(List.of("--workload", workload.name(), "--data", data.toString()));
    command.addAll(List.of("--keys", Long.toString(keys), "--events", Integer.toString(events)));
    command.addAll(List.of("--repeat", Integer.toString(repeat), "--rate", Double.toString(rate)));
    Path errors = Files.createTempFile("benchmark-", ".log");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String last = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
    }
    process.waitFor();
    RunSummary report = last.startsWith("{") ? RunSummary.parse(last) : null;
    if (report == null || !report.ok()) {
      System.err.println(last);
      Files.copy(errors, System.err);
    }
    Files.delete(errors);
    return report;
  }

  /**
   * Returns a contender's jar; the jar of the peers is found relative to this one, as Maven builds
   * both.
   */
  private static Path jar(Contender contender) throws URISyntaxException {
    Path own =
        Path.of(TableCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return contender.isPeer()
        ? own.resolve("../../peers/target/vellamo-benchmarks-peers.jar").normalize()
        : own;
  }
}
