package io.vellamo.benchmarks.workload;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that all engines share: workload, data set and number of runs. */
public final class WorkloadOptions {
  @Option(
      names = "--workload",
      defaultValue = "W1",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Workload workload = Workload.W1;

  @Option(
      names = "--data",
      defaultValue = "target/data",
      description = "directory of data sets, made where missing; default: ${DEFAULT-VALUE}")
  private Path root = Path.of("target/data");

  @Option(
      names = "--keys",
      defaultValue = "100000",
      description = "of the data set; default: ${DEFAULT-VALUE}")
  private long keys;

  @Option(names = "--events", defaultValue = "1000000", description = "default: ${DEFAULT-VALUE}")
  private int events;

  @Option(
      names = "--skew",
      defaultValue = "uniform",
      description = "of the data set: uniform or zipf:EXPONENT; default: ${DEFAULT-VALUE}")
  private String skew = "uniform";

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "events a second, for latencies of W2; 0: as fast as can be")
  private double rate;

  @Option(
      names = "--repeat",
      defaultValue = "1",
      description = "runs in the one JVM; default: ${DEFAULT-VALUE}")
  private int repeat;

  /** Returns the workload to compute. */
  public Workload workload() {
    return workload;
  }

  /** Returns the data set to compute it on. */
  public DataSet data() {
    return DataSet.of(workload, keys, events, Skew.parse(skew));
  }

  /** Returns the directory of data sets. */
  public Path root() {
    return root;
  }

  /** Returns the number of events that become due a second; 0 if all are due at once. */
  public double rate() {
    return rate;
  }

  /** Returns the number of runs in the JVM. */
  public int repeat() {
    return repeat;
  }

  void check() {
    if (rate > 0 && workload != Workload.W2) {
      throw new IllegalArgumentException(
          "--rate needs --workload W2, whose rows name the event that raised them, was [%s]"
              .formatted(workload));
    }
    if (repeat < 1) {
      throw new IllegalArgumentException("--repeat must be positive, was [%d]".formatted(repeat));
    }
  }
}
