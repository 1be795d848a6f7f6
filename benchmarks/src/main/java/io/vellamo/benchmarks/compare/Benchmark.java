package io.vellamo.benchmarks.compare;

import io.vellamo.benchmarks.floor.FloorEngine;
import io.vellamo.benchmarks.vellamo.VellamoEngine;
import io.vellamo.benchmarks.workload.Engine;
import io.vellamo.benchmarks.workload.EngineRuns;
import io.vellamo.benchmarks.workload.RunSummary;
import io.vellamo.benchmarks.workload.WorkloadOptions;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program that runs a workload on Vellamo, or on plain Java, and prints one line of JSON. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    subcommands = TableCommand.class,
    description = "Runs a workload and prints its figures; the exit code is 1 if rows are wrong.")
public final class Benchmark implements Callable<Integer> {
  private enum Which {
    VELLAMO,
    FLOOR
  }

  private enum Durability {
    MEMORY,
    JOURNAL
  }

  @Mixin private WorkloadOptions options = new WorkloadOptions();

  @Option(
      names = "--engine",
      defaultValue = "VELLAMO",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Which which = Which.VELLAMO;

  @Option(
      names = "--durability",
      defaultValue = "JOURNAL",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Durability durability = Durability.JOURNAL;

  @Option(
      names = "--hosting",
      defaultValue = "ACTOR",
      description = "of groups: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private VellamoEngine.Hosting hosting = VellamoEngine.Hosting.ACTOR;

  @Option(
      names = "--windows",
      description = "compute W3 by windows; default: by a function with its own state")
  private boolean windows;

  private final PrintStream out;

  private Benchmark(PrintStream out) {
    this.out = out;
  }

  /** Runs the program. */
  public static void main(String[] args) {
    CommandLine program =
        new CommandLine(new Benchmark(System.out)).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(program.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    RunSummary report = EngineRuns.of(engine(), options);
    out.println(report.toJson());
    return report.ok() ? 0 : 1;
  }

  private Engine engine() {
    boolean durable = durability == Durability.JOURNAL;
    return which == Which.FLOOR
        ? new FloorEngine(durable)
        : new VellamoEngine(hosting, durable, windows);
  }
}
