package io.vellamo.connectors.pekko;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a source with one partition that counts the committed events: those that were added
 * to the source since it was opened. They are counted where they are read, as offsets may be
 * skipped.
 *
 * @param <E> the events
 */
final class CommittedEvents<E> implements SourceReader<E> {
  private final SourceReader<E> source;
  private final FlowInput<?, ?> input;
  private final long firstOffset;
  private final Deque<Long> uncommitted = new ArrayDeque<>();
  private long nextOffset;
  private long committed;

  private CommittedEvents(SourceReader<E> source, FlowInput<?, ?> input, long firstOffset) {
    this.source = source;
    this.input = input;
    this.firstOffset = firstOffset;
    this.nextOffset = firstOffset;
  }

  /**
   * Returns a reader that counts, and tells the stage that the source is open.
   *
   * @param source a source to which no event has been added since it was opened
   * @param position the end of the last committed epoch
   * @param input the stage
   * @param offers takes events for the source
   */
  static <E, C> SourceReader<E> of(
      SourceReader<E> source,
      Offsets position,
      FlowInput<E, C> input,
      FlowInput.Offers<E, C> offers)
      throws Exception {
    CommittedEvents<E> reader = new CommittedEvents<>(source, input, offset(source.latest()));
    input.opened(offers);
    reader.committedUntil(offset(position));
    return reader;
  }

  private static long offset(Offsets offsets) {
    return offsets.asMap().values().stream().mapToLong(Long::longValue).sum();
  }

  private void committedUntil(long end) {
    for (Long first = uncommitted.peek();
        first != null && first < end;
        first = uncommitted.peek()) {
      uncommitted.remove();
      committed++;
    }
    if (end >= firstOffset) {
      input.committed(committed);
    }
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
        return entries.read(counting(into), maxEntries);
      }

      @Override
      public void close() {
        entries.close();
      }
    };
  }

  private EventCollector<E> counting(EventCollector<? super E> into) {
    return new EventCollector<>() {
      @Override
      public void event(E event, long offset) {
        count(offset);
        into.event(event, offset);
      }

      @Override
      public void deadLetter(long offset, String reason, @Nullable String entry) {
        count(offset);
        into.deadLetter(offset, reason, entry);
      }
    };
  }

  /** Counts an entry, unless it is read again. */
  private void count(long offset) {
    if (offset >= nextOffset) {
      nextOffset = offset + 1;
      uncommitted.add(offset);
    }
  }

  @Override
  public void committed(Offsets offsets) {
    source.committed(offsets);
    committedUntil(offset(offsets));
  }

  @Override
  public Map<String, Long> metrics() {
    return source.metrics();
  }

  @Override
  public void close() {
    input.closed();
    source.close();
  }
}
