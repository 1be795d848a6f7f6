package io.vellamo.actors;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.epoch.EpochPlan;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's open source.
 *
 * <p><b>Threading</b> Safe to share: one call at a time, and none after {@link #close}. All may
 * block.
 */
final class SourceDesk {
  private final SourceReader<?> reader;
  private final long maxEvents;
  private final boolean fixedEnd;
  private @Nullable Offsets end;
  private @Nullable EpochChunks reading;
  private boolean closed;

  private SourceDesk(SourceReader<?> reader, long maxEvents, boolean fixedEnd) {
    this.reader = reader;
    this.maxEvents = maxEvents;
    this.fixedEnd = fixedEnd;
  }

  /** Opens a query's source. */
  static SourceDesk open(QuerySpec spec, Offsets committed, Runnable signal) throws Exception {
    Trigger trigger = spec.plan().trigger();
    EventSource<?> source = spec.plan().source();
    SourceContext context =
        new SourceContext(spec.name(), committed, trigger.ends(), spec.clock(), signal);
    long maxEvents = trigger == Trigger.once() ? Long.MAX_VALUE : spec.maxEventsPerEpoch();
    return new SourceDesk(source.open(context), maxEvents, trigger.ends());
  }

  /**
   * Returns what the next epoch shall read. A query that ends reads what was there when it first
   * asked, and no more.
   */
  synchronized List<OffsetRange> offer(Offsets from) throws Exception {
    requireOpen();
    Offsets upTo = end;
    if (upTo == null || !fixedEnd) {
      upTo = reader.latest();
      end = upTo;
    }
    return reader.plan(from, upTo, maxEvents);
  }

  /** Returns the entries of an epoch, to be read chunk by chunk. */
  synchronized Iterator<EventChunk> chunks(EpochPlan plan) {
    requireOpen();
    EpochChunks chunks = new EpochChunks(plan, reader);
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
      reader.committed(offsets);
    }
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      if (reading != null) {
        reading.close();
      }
      reader.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The source was used after its query had ended");
    }
  }
}
