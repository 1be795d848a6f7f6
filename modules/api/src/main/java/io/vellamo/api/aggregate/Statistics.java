package io.vellamo.api.aggregate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a value of events, which share one buffer: however many of them a query uses, each
 * event is reduced once. {@link Aggregates#statistics} creates them.
 *
 * <pre>{@code
 * var delay = Aggregates.statistics(Flight::delay);
 * var mean = delay.mean();
 * var spread = delay.stddev();
 * hours.aggregate(mean, spread).as(hour -> new Delay(hour.key(), hour.get(mean), hour.get(spread)));
 * }</pre>
 *
 * <p>Nulls are ignored, and one NaN makes all results but the count NaN. Results are null for as
 * few or as uniform values as each method says, as in Spark. Results depend on how events were
 * split into parts only by rounding: buffers hold central moments, so values with a large mean keep
 * their accuracy.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param <IN> the events
 * @since 0.1
 */
public final class Statistics<IN> {
  private final MomentsAggregator<IN> moments;

  Statistics(MomentsAggregator<IN> moments) {
    this.moments = moments;
  }

  /**
   * Returns the number of values.
   *
   * @return an aggregate that is 0 for no values
   */
  public Aggregate<IN, Long> count() {
    return Aggregate.sharing("count", moments, Moments::count);
  }

  /**
   * Returns the mean; it differs from that of {@link Aggregates#avg} by rounding only.
   *
   * @return an aggregate that is null for no values
   */
  public Aggregate<IN, @Nullable Double> mean() {
    return of("mean", Moments::mean);
  }

  /**
   * Returns the variance of a sample, whose divisor is the number of values minus one.
   *
   * @return an aggregate that is null for less than two values
   */
  public Aggregate<IN, @Nullable Double> variance() {
    return of("variance", Moments::variance);
  }

  /**
   * Returns the variance of a population, whose divisor is the number of values.
   *
   * @return an aggregate that is null for no values and 0 for one
   */
  public Aggregate<IN, @Nullable Double> varPop() {
    return of("varPop", Moments::varPop);
  }

  /**
   * Returns the standard deviation of a sample: the root of {@link #variance}.
   *
   * @return an aggregate that is null for less than two values
   */
  public Aggregate<IN, @Nullable Double> stddev() {
    return of("stddev", Moments::stddev);
  }

  /**
   * Returns the standard deviation of a population: the root of {@link #varPop}.
   *
   * @return an aggregate that is null for no values and 0 for one
   */
  public Aggregate<IN, @Nullable Double> stddevPop() {
    return of("stddevPop", Moments::stddevPop);
  }

  /**
   * Returns the skewness of a population.
   *
   * @return an aggregate that is null unless two values differ
   */
  public Aggregate<IN, @Nullable Double> skewness() {
    return of("skewness", Moments::skewness);
  }

  /**
   * Returns the excess kurtosis of a population, which is 0 for a normal distribution.
   *
   * @return an aggregate that is null unless two values differ
   */
  public Aggregate<IN, @Nullable Double> kurtosis() {
    return of("kurtosis", Moments::kurtosis);
  }

  private Aggregate<IN, @Nullable Double> of(
      String name, Function<Moments, @Nullable Double> result) {
    return Aggregate.sharing(name, moments, result);
  }
}
