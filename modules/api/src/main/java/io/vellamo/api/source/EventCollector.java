package io.vellamo.api.source;

import org.jspecify.annotations.Nullable;

/**
 * The receiver of the entries that a {@link RangeReader} reads.
 *
 * @param <T> the event type
 * @since 0.1
 */
public interface EventCollector<T> {
  /**
   * Takes an event.
   *
   * @param event the event
   * @param offset the offset of the entry
   */
  void event(T event, long offset);

  /**
   * Takes an entry that is not an event. The entry is counted and goes to the query's dead-letter
   * output.
   *
   * @param offset the offset of the entry
   * @param reason what must hold and what was found, without the entry's contents
   * @param entry the entry as text, for the dead-letter output only; null if there is none
   */
  void deadLetter(long offset, String reason, @Nullable String entry);
}
