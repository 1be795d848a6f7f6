package io.vellamo.engine.group;

import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The events of a group in one epoch, in source order.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @param <V> the events
 */
public interface KeyedEvents<V> extends Iterator<V> {
  /**
   * Returns the event time of the event read last, or of the first event if none was read; null if
   * it has none or event times are not stored.
   */
  @Nullable Instant eventTime();

  /** Returns whether the event of {@link #eventTime} has an event time. */
  boolean hasEventTime();

  /** Returns the milliseconds of {@link #eventTime}, which must exist. */
  long eventTimeMillis();
}
