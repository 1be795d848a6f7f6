package io.vellamo.benchmarks.workload;

import java.nio.file.Path;

/**
 * One run of a workload.
 *
 * @param workload what to compute
 * @param data of which events
 * @param root the directory of data sets
 * @param scratch an empty directory for what the engine writes; removed after the run
 * @param meter what measures the run
 */
public record Job(Workload workload, DataSet data, Path root, Path scratch, RunMeter meter) {
  /** Returns the file of a part of the data set. */
  public Path part(int part) {
    return data.part(root, part);
  }
}
