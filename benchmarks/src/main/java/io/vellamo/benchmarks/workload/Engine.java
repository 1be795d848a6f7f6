package io.vellamo.benchmarks.workload;

/** An engine that runs workloads. */
public interface Engine {
  /** Returns its name in tables, with the settings that distinguish it. */
  String name();

  /**
   * Runs a workload once, to its end. Reports to the job's meter the first read event, each row,
   * and the commit of the last row.
   */
  void run(Job job) throws Exception;
}
