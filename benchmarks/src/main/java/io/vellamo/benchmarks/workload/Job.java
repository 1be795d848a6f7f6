package io.vellamo.benchmarks.workload;

import io.vellamo.benchmarks.ads.AdEvent;
import io.vellamo.benchmarks.ads.AdGenerator;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
import io.vellamo.benchmarks.nexmark.NexmarkGenerator;
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
  /** Returns the parts of the data set. */
  public SequenceReader.Parts<Event> dataSet() {
    return (part, seq) -> PartReader.open(part(part), seq);
  }

  /** Returns the parts of the events of the auction house, as many as the data set has. */
  public SequenceReader.Parts<NexmarkEvent> auctionHouse() {
    NexmarkGenerator generator = new NexmarkGenerator();
    return (part, seq) -> GeneratedReader.open(generator::event, data.events(), part, seq);
  }

  /** Returns the parts of the events of ads, as many as the data set has. */
  public SequenceReader.Parts<AdEvent> ads() {
    AdGenerator generator = new AdGenerator();
    return (part, seq) -> GeneratedReader.open(generator::event, data.events(), part, seq);
  }

  /** Returns the file of a part of the data set. */
  public Path part(int part) {
    return data.part(root, part);
  }
}
