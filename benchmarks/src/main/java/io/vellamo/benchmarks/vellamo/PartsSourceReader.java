package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.benchmarks.workload.DataSet;
import io.vellamo.benchmarks.workload.Job;
import io.vellamo.benchmarks.workload.Pace;
import io.vellamo.benchmarks.workload.SequenceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A reader that plans ranges of places in the whole input and keeps the parts open between epochs.
 *
 * @param <T> the events
 */
final class PartsSourceReader<T> implements SourceReader<T> {
  private final Job job;
  private final SequenceReader.Parts<T> parts;
  private final CompletableFuture<Void> allCommitted;
  private final Runnable signal;
  private final Map<SourcePartition, PartCursor<T>> cursors = new HashMap<>();

  PartsSourceReader(
      Job job,
      SequenceReader.Parts<T> parts,
      CompletableFuture<Void> allCommitted,
      Runnable signal) {
    this.job = job;
    this.parts = parts;
    this.allCommitted = allCommitted;
    this.signal = signal;
    job.meter().pace().start();
  }

  @Override
  public Offsets latest() {
    long due = Math.min(job.data().events(), job.meter().pace().due());
    Map<SourcePartition, Long> ends = new HashMap<>();
    for (int part = 0; part < DataSet.PARTS; part++) {
      ends.put(partition(part), due);
    }
    return Offsets.of(ends);
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
    long begin = from.of(partition(0)).orElse(0);
    long until = Math.min(upTo.of(partition(0)).orElse(0), begin + maxEvents);
    List<OffsetRange> ranges = new ArrayList<>();
    if (begin < until) {
      for (int part = 0; part < DataSet.PARTS; part++) {
        ranges.add(new OffsetRange(partition(part), begin, until));
      }
    } else if (begin < job.data().events()) {
      signalWhenDue(begin);
    }
    return ranges;
  }

  @Override
  public RangeReader<T> read(OffsetRange range) {
    job.meter().firstEvent();
    PartCursor<T> cursor =
        cursors.computeIfAbsent(
            range.partition(), partition -> new PartCursor<>(parts, numberOf(partition)));
    try {
      cursor.begin(range);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cursor;
  }

  @Override
  public void committed(Offsets offsets) {
    if (offsets.of(partition(0)).orElse(0) == job.data().events()) {
      allCommitted.complete(null);
    }
  }

  @Override
  public void close() {
    cursors.values().forEach(PartCursor::closePart);
  }

  private void signalWhenDue(long seq) {
    Pace pace = job.meter().pace();
    Executor then =
        CompletableFuture.delayedExecutor(
            Math.max(0, -pace.overdueNanos(seq)), TimeUnit.NANOSECONDS);
    then.execute(signal);
  }

  private static SourcePartition partition(int part) {
    return new SourcePartition(Integer.toString(part));
  }

  private static int numberOf(SourcePartition partition) {
    return Integer.parseInt(partition.name());
  }
}
