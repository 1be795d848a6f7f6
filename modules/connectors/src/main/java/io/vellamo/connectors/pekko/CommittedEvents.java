package io.vellamo.connectors.pekko;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The number of a run's events that are committed, counted where the query reads them. Their source
 * has one partition, from which it may still read events of earlier runs.
 *
 * <p><b>Threading</b> Used by the query's source thread only.
 *
 * @param <E> the events
 */
final class CommittedEvents<E> {
  private final LongConsumer onCommitted;
  private final Deque<Long> uncommitted = new ArrayDeque<>();
  // The end of the source before this run added events; −1 until the source is open.
  private long firstOffset = -1;
  private long nextOffset;
  private long committed;

  /**
   * Creates a count of a run that begins.
   *
   * @param onCommitted takes the number of committed events when it changes: at first 0, once no
   *     event of an earlier run is left
   */
  CommittedEvents(LongConsumer onCommitted) {
    this.onCommitted = onCommitted;
  }

  /**
   * Returns a reader that counts.
   *
   * @param source a reader of which nothing has been read; for the first one, the run has not added
   *     any event to the source either
   * @param position the end of the last committed epoch
   */
  SourceReader<E> of(SourceReader<E> source, Offsets position, Runnable onClose)
      throws Exception {
    if (firstOffset < 0) {
      firstOffset = offset(source.latest());
      nextOffset = firstOffset;
      if (offset(position) >= firstOffset) {
        onCommitted.accept(0);
      }
    }
    return new Reader(source, onClose);
  }

  private static long offset(Offsets offsets) {
    return offsets.asMap().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Notes an entry; one that is read again after a failure is noted already. */
  private void read(long offset) {
    if (offset >= nextOffset) {
      nextOffset = offset + 1;
      uncommitted.add(offset);
    }
  }

  private void committedUntil(long end) {
    for (Long first = uncommitted.peek(); first != null && first < end; first = uncommitted.peek()) {
      uncommitted.remove();
      committed++;
    }
    if (end >= firstOffset) {
      onCommitted.accept(committed);
    }
  }

  private final class Reader implements SourceReader<E> {
    private final SourceReader<E> source;
    private final Runnable onClose;

    Reader(SourceReader<E> source, Runnable onClose) {
      this.source = source;
      this.onClose = onClose;
    }

    @Override
    public Offsets latest() throws Exception {
      return source.latest();
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
      return source.plan(from, upTo, maxEvents);
    }

    @Override
    public RangeReader<E> read(OffsetRange range) throws Exception {
      RangeReader<E> entries = source.read(range);
      return new RangeReader<>() {
        @Override
        public boolean read(EventCollector<? super E> into, int maxEntries) throws Exception {
          return entries.read(noting(into), maxEntries);
        }

        @Override
        public void close() {
          entries.close();
        }
      };
    }

    private EventCollector<E> noting(EventCollector<? super E> into) {
      return new EventCollector<>() {
        @Override
        public void event(E event, long offset) {
          CommittedEvents.this.read(offset);
          into.event(event, offset);
        }

        @Override
        public void deadLetter(long offset, String reason, @Nullable String entry) {
          CommittedEvents.this.read(offset);
          into.deadLetter(offset, reason, entry);
        }
      };
    }

    @Override
    public void committed(Offsets offsets) {
      source.committed(offsets);
      committedUntil(offset(offsets));
    }

    @Override
    public void close() {
      onClose.run();
      source.close();
    }
  }
}
