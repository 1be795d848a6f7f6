package io.vellamo.api.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of events by outcome; {@code input = processed + late + deadLettered} always holds.
 *
 * <p>An event that a {@code flatMap} turns into n events counts n times, as each has an outcome of
 * its own. An event that is filtered out, or turned into no event, counts as processed.
 *
 * @param processed events that passed through the pipeline, were filtered out, or are pending in a
 *     parked group
 * @param late events dropped because their event time was before the watermark
 * @param deadLettered source entries that are not events, and events that a user's function failed
 *     on under {@link ErrorPolicy#deadLetter}
 * @since 0.1
 */
public record EventCounts(long processed, long late, long deadLettered) implements JsonReport {
  /** No events. */
  public static final EventCounts NONE = new EventCounts(0, 0, 0);

  public EventCounts {
    if (processed < 0 || late < 0 || deadLettered < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, were [%d, %d, %d]"
              .formatted(processed, late, deadLettered));
    }
  }

  /**
   * Returns the number of input events.
   *
   * @return the sum of all outcomes
   */
  public long input() {
    return processed + late + deadLettered;
  }

  /**
   * Returns the sum of these counts and others.
   *
   * @param other counts to add
   * @return the sums
   */
  public EventCounts plus(EventCounts other) {
    return new EventCounts(
        processed + other.processed, late + other.late, deadLettered + other.deadLettered);
  }

  /**
   * Returns {@link #input} and the components.
   *
   * @return the fields, see {@link JsonReport#toMap}
   */
  @Override
  public Map<String, @Nullable Object> toMap() {
    PlainFields all = PlainFields.none().with("input", input());
    PlainFields.of(this).toMap().forEach(all::with);
    return all.toMap();
  }
}
