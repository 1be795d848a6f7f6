package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.EngineRuns;
import io.vellamo.benchmarks.workload.RunSummary;
import io.vellamo.benchmarks.workload.WorkloadOptions;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program that runs a workload on Flink and prints one line of JSON. */
@Command(
    name = "flink-benchmark",
    mixinStandardHelpOptions = true,
    description = "Runs a workload and prints its figures; the exit code is 1 if rows are wrong.")
public final class FlinkBenchmark implements Callable<Integer> {
  @Mixin private WorkloadOptions options = new WorkloadOptions();

  @Option(
      names = "--state",
      defaultValue = "HEAP",
      description = "where state is: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private FlinkEngine.State state = FlinkEngine.State.HEAP;

  private final PrintStream out;

  private FlinkBenchmark(PrintStream out) {
    this.out = out;
  }

  /** Runs the program. */
  public static void main(String[] args) {
    CommandLine program =
        new CommandLine(new FlinkBenchmark(System.out)).setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(program.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    RunSummary report = EngineRuns.of(new FlinkEngine(state), options);
    out.println(report.toJson());
    return report.ok() ? 0 : 1;
  }
}
