package io.vellamo.benchmarks.workload;

/**
 * What one run of a workload took.
 *
 * @param events how many events it read
 * @param elapsedSeconds from the first event that was read to the last row that was committed
 * @param cpuSeconds processor time of the whole process in that time
 * @param checksum of the rows
 * @param ok whether these are the expected rows
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
