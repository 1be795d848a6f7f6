package io.vellamo.benchmarks.flink;

import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A source of a workload's events. The subtask of the same number reads each part.
 *
 * @param jobId the job that reads them
 * @param format the form in which they are emitted
 * @param <E> the events
 * @param <T> what is emitted for each
 */
record PartSource<E, T>(String jobId, PartFormat<E, T> format)
    implements Source<T, PartSplit, PartSplit> {
  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, PartSplit> createReader(SourceReaderContext context) {
    return new PartSourceReader<>(RunningJobs.get(jobId), format);
  }

  @Override
  public SplitEnumerator<PartSplit, PartSplit> createEnumerator(
      SplitEnumeratorContext<PartSplit> context) {
    return new Enumerator(context);
  }

  @Override
  public SplitEnumerator<PartSplit, PartSplit> restoreEnumerator(
      SplitEnumeratorContext<PartSplit> context, PartSplit checkpoint) {
    throw new UnsupportedOperationException("a benchmark is run anew, not restored");
  }

  @Override
  public SimpleVersionedSerializer<PartSplit> getSplitSerializer() {
    return new PartSplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<PartSplit> getEnumeratorCheckpointSerializer() {
    return new PartSplit.Serializer();
  }

  /** An enumerator that assigns each subtask its part. It has no state. */
  private record Enumerator(SplitEnumeratorContext<PartSplit> context)
      implements SplitEnumerator<PartSplit, PartSplit> {
    private static final PartSplit NOTHING = new PartSplit(-1, -1);

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
      context.assignSplit(new PartSplit(subtask, 0), subtask);
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<PartSplit> splits, int subtask) {}

    @Override
    public PartSplit snapshotState(long checkpoint) {
      return NOTHING;
    }

    @Override
    public void close() {}
  }
}
