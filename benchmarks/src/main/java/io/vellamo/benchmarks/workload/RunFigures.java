package io.vellamo.benchmarks.workload;

/**
 * The figures of one run of a workload.
 *
 * @param events the number of events that it read
 * @param elapsedSeconds from the first read event to the commit of the last row
 * @param cpuSeconds CPU time of the whole process in that time
 * @param checksum of the rows
 * @param ok whether the rows are the expected ones
 * @param startupSeconds from the start of the process to the first event
 * @param firstRowSeconds from the first event to the first row
 * @param latencies of the rows of a paced run, without the first fifth
 */
record RunFigures(
    int events,
    double elapsedSeconds,
    double cpuSeconds,
    Checksum checksum,
    boolean ok,
    double startupSeconds,
    double firstRowSeconds,
    Latencies latencies) {
  double eventsPerSecond() {
    return events / elapsedSeconds;
  }

  double eventsPerCore() {
    return events / cpuSeconds;
  }
}
