package io.vellamo.benchmarks.workload;

/** What runs workloads. */
public interface Engine {
  /** Returns its name in tables, with what distinguishes it from others of its kind. */
  String name();

  /**
   * Runs a workload once, to its end: tells the job's meter when the first event is read, each row,
   * and when the last row is committed.
   */
  void run(Job job) throws Exception;
}
