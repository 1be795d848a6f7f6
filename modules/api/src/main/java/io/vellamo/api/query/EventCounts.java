package io.vellamo.api.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fate of events: {@code input = processed + late + deadLettered}, always.
 *
 * <p>An event that a {@code flatMap} turns into n events counts n times, so that each can have its
 * own fate; one that is filtered out, or turned into none, counts as processed.
 *
 * @param processed events that went all the way, were filtered out, or wait in a parked group
 * @param late events dropped because they were older than the watermark
 * @param deadLettered source entries that were no events, and events that a user's function failed
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
   * Returns the number of events taken in.
   *
   * @return the sum of all fates
   */
  public long input() {
    return processed + late + deadLettered;
  }

  /**
   * Returns these counts and others together.
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
