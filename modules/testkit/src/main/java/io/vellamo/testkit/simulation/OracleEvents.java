package io.vellamo.testkit.simulation;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a call, with the event time of the event read last.
 *
 * @param <V> the events
 */
final class OracleEvents<V> implements Iterator<V> {
  private final Iterator<OracleEvent<V>> events;
  private @Nullable Long time;

  OracleEvents(List<OracleEvent<V>> events) {
    this.events = events.iterator();
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  @Override
  public V next() {
    OracleEvent<V> next = events.next();
    time = next.time();
    return next.value();
  }

  /** Returns the event time of the event read last; empty if it has none or none was read. */
  Optional<Instant> eventTime() {
    return Optional.ofNullable(time).map(Instant::ofEpochMilli);
  }
}
