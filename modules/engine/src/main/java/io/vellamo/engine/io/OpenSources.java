package io.vellamo.engine.io;

import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.QueryInputs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's open sources: what they offer, and the entries of an epoch.
 *
 * <p><b>Threading</b> Safe to share: one call at a time, and none after {@link #close}. All calls
 * may block.
 */
public final class OpenSources {
  private final List<SourceReader<?>> readers;
  private final boolean fixedEnd;
  private final List<Offsets> ends = new ArrayList<>();
  private @Nullable EpochChunks reading;
  private boolean closed;

  private OpenSources(List<SourceReader<?>> readers, boolean fixedEnd) {
    this.readers = readers;
    this.fixedEnd = fixedEnd;
  }

  /**
   * Opens a query's sources.
   *
   * @param clock the query's processing time
   * @param committed the offsets from which the sources are read
   * @param signal runs when a source has new data; must not block
   * @throws Exception as thrown by a source; those opened before it are closed
   */
  public static OpenSources open(
      PreparedQuery query, InstantSource clock, Offsets committed, Runnable signal)
      throws Exception {
    QueryPlan plan = query.plan();
    Trigger trigger = plan.trigger();
    List<EventSource<?>> sources = plan.upstream().sources();
    List<SourceReader<?>> opened = new ArrayList<>();
    try {
      for (int input = 0; input < sources.size(); input++) {
        Offsets from = SourceOffsets.inner(committed, input, sources.size());
        SourceContext context = new SourceContext(plan.name(), from, trigger.ends(), clock, signal);
        opened.add(sources.get(input).open(context));
      }
    } catch (Exception | Error e) {
      Closing.afterFailure(e, opened);
      throw e;
    }
    return new OpenSources(opened, trigger.ends());
  }

  /**
   * Returns the ranges for the next epoch. A query whose trigger ends reads what was there when it
   * first asked, and no more.
   *
   * @param from the offsets at which the preceding epoch ends
   * @param maxEvents the maximum number of events, which the sources share
   */
  public synchronized List<OffsetRange> offer(Offsets from, long maxEvents) throws Exception {
    requireOpen();
    long share = Math.max(1, maxEvents / readers.size());
    if (ends.isEmpty() || !fixedEnd) {
      ends.clear();
      for (SourceReader<?> reader : readers) {
        ends.add(reader.latest());
      }
    }
    List<OffsetRange> ranges = new ArrayList<>();
    for (int input = 0; input < readers.size(); input++) {
      Offsets inner = SourceOffsets.inner(from, input, readers.size());
      for (OffsetRange range : readers.get(input).plan(inner, ends.get(input), share)) {
        ranges.add(SourceOffsets.outer(range, input, readers.size()));
      }
    }
    return ranges;
  }

  private RangeReader<?> open(OffsetRange range) throws Exception {
    int input = QueryInputs.inputOf(range.partition(), readers.size());
    return readers.get(input).read(SourceOffsets.inner(range, readers.size()));
  }

  /**
   * Returns the entries of an epoch, to be read chunk by chunk.
   *
   * @param plan an epoch that reads at least one range
   * @return chunks, of which the last one ends the epoch; a range that can't be read throws a
   *     {@link ReadFailure}
   */
  public synchronized Iterator<EventChunk> chunks(EpochPlan plan) {
    requireOpen();
    EpochChunks chunks = new EpochChunks(plan, this::open);
    reading = chunks;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return chunks.hasNext();
      }

      @Override
      public EventChunk next() {
        synchronized (OpenSources.this) {
          requireOpen();
          return chunks.next();
        }
      }
    };
  }

  /** Tells the sources that everything before the given offsets is committed. */
  public synchronized void committed(Offsets offsets) {
    if (!closed) {
      for (int input = 0; input < readers.size(); input++) {
        readers.get(input).committed(SourceOffsets.inner(offsets, input, readers.size()));
      }
    }
  }

  /** Closes the sources; no further call may follow, except this one. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      List<@Nullable AutoCloseable> open = new ArrayList<>();
      open.add(reading);
      open.addAll(readers);
      Closing.all(open);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The source was used after its query had ended");
    }
  }
}
