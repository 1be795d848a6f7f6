package io.vellamo.api.source;

import java.util.List;

/**
 * A reader of a range whose events are in memory and whose offsets count events.
 *
 * @param <T> the event type
 * @since 0.1
 */
public final class ListRangeReader<T> implements RangeReader<T> {
  private final List<? extends T> events;
  private final long firstOffset;
  private int next;

  /**
   * Creates a reader.
   *
   * @param events the range's events, in order; not copied
   * @param firstOffset the offset of the first event
   */
  public ListRangeReader(List<? extends T> events, long firstOffset) {
    this.events = events;
    this.firstOffset = firstOffset;
  }

  @Override
  public boolean read(EventCollector<? super T> into, int maxEntries) {
    int end = (int) Math.min(events.size(), (long) next + maxEntries);
    for (; next < end; next++) {
      into.event(events.get(next), firstOffset + next);
    }
    return next < events.size();
  }

  @Override
  public void close() {}
}
