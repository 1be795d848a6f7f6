package io.vellamo.actors;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.QueryInputs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's open sources.
 *
 * <p><b>Threading</b> Safe to share: one call at a time, and none after {@link #close}. All calls
 * may block.
 */
final class SourceDesk {
  private final List<SourceReader<?>> readers;
  private final boolean fixedEnd;
  private final List<Offsets> ends = new ArrayList<>();
  private @Nullable EpochChunks reading;
  private boolean closed;

  private SourceDesk(List<SourceReader<?>> readers, boolean fixedEnd) {
    this.readers = readers;
    this.fixedEnd = fixedEnd;
  }

  /** Opens a query's sources. */
  static SourceDesk open(QuerySpec spec, Offsets committed, Runnable signal) throws Exception {
    Trigger trigger = spec.plan().trigger();
    List<EventSource<?>> sources = spec.plan().upstream().sources();
    List<SourceReader<?>> opened = new ArrayList<>();
    try {
      for (int input = 0; input < sources.size(); input++) {
        Offsets from = SourceOffsets.inner(committed, input, sources.size());
        SourceContext context =
            new SourceContext(spec.name(), from, trigger.ends(), spec.clock(), signal);
        opened.add(sources.get(input).open(context));
      }
    } catch (Exception | Error e) {
      Closing.afterFailure(e, opened);
      throw e;
    }
    return new SourceDesk(opened, trigger.ends());
  }

  /**
   * Returns the ranges for the next epoch. A query whose trigger ends reads what was there when it
   * first asked, and no more.
   *
   * @param from where the preceding epoch ends
   * @param maxEvents the most events, which the sources share
   */
  synchronized List<OffsetRange> offer(Offsets from, long maxEvents) throws Exception {
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

  /** Returns the entries of an epoch, to be read chunk by chunk. */
  synchronized Iterator<EventChunk> chunks(EpochPlan plan) {
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
        synchronized (SourceDesk.this) {
          requireOpen();
          return chunks.next();
        }
      }
    };
  }

  synchronized void committed(Offsets offsets) {
    if (!closed) {
      for (int input = 0; input < readers.size(); input++) {
        readers.get(input).committed(SourceOffsets.inner(offsets, input, readers.size()));
      }
    }
  }

  synchronized void close() {
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
