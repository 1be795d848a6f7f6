package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.Job;
import io.vellamo.benchmarks.workload.SequenceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * A reader of one part, whose events it emits as they become due.
 *
 * <p><b>Threading</b> Used by one thread at a time; only a future is completed on another thread.
 *
 * @param <E> the events
 * @param <T> what is emitted for each
 */
final class PartSourceReader<E, T> implements SourceReader<T, PartSplit> {
  private final Job job;
  private final PartFormat<E, T> format;
  private CompletableFuture<Void> available = new CompletableFuture<>();
  // Null until the split is assigned.
  private @Nullable PartSplit split;
  private @Nullable SequenceReader<E> reader;

  PartSourceReader(Job job, PartFormat<E, T> format) {
    this.job = job;
    this.format = format;
  }

  @Override
  public void start() {
    job.meter().pace().start();
  }

  @Override
  public void addSplits(List<PartSplit> splits) {
    split = splits.get(0);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    PartSplit current = split;
    if (current == null) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    SequenceReader<E> open = reader(current);
    int seq = open.nextSeq();
    if (seq >= job.meter().pace().due()) {
      waitFor(seq);
      return InputStatus.NOTHING_AVAILABLE;
    }
    E event = open.next();
    if (event == null) {
      return InputStatus.END_OF_INPUT;
    }
    output.collect(format.emitted(event), format.timeMillis(event));
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public List<PartSplit> snapshotState(long checkpoint) {
    PartSplit current = split;
    if (current == null) {
      return List.of();
    }
    try {
      return List.of(new PartSplit(current.part(), reader(current).nextSeq()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  private SequenceReader<E> reader(PartSplit current) throws IOException {
    SequenceReader<E> open = reader;
    if (open == null) {
      job.meter().firstEvent();
      open = format.parts(job).open(current.part(), current.nextSeq());
      reader = open;
    }
    return open;
  }

  private void waitFor(int seq) {
    long nanos = Math.max(0, -job.meter().pace().overdueNanos(seq));
    available =
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS));
  }
}
