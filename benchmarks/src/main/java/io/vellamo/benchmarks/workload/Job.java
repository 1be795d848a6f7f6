package io.vellamo.benchmarks.workload;

import java.nio.file.Path;

/**
 * One run of a workload.
 *
 * @param workload the workload to compute
 * @param data the data set of its events
 * @param root the directory of data sets
 * @param scratch an empty directory for the engine's files; removed after the run
 * @param meter measures the run
 */
public record Job(Workload workload, DataSet data, Path root, Path scratch, RunMeter meter) {
  /** Returns the file of a part of the data set. */
  public Path part(int part) {
    return data.part(root, part);
  }
}
