package io.vellamo.api.aggregate;

/**
 * The standard aggregates.
 *
 * @since 0.1
 */
public final class Aggregates {
  private Aggregates() {}

  /**
   * Returns the number of events.
   *
   * @param <IN> the events
   * @return an aggregate that is 0 for no events
   */
  public static <IN> Aggregate<IN, Long> count() {
    return Aggregate.of("count", new CountAggregator<IN>());
  }
}
