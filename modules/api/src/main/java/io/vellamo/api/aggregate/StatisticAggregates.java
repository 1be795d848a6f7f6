package io.vellamo.api.aggregate;

import static io.vellamo.api.aggregate.NumericValues.doubles;
import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statistics among the standard aggregates, in a file of their own. Users see one class. */
abstract sealed class StatisticAggregates permits Aggregates {
  /**
   * Returns the standard deviation of a sample, Spark's {@code stddev} and {@code stddev_samp}.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for less than two values, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> stddev(
      Function<? super IN, ? extends @Nullable Number> value) {
    return StatisticAggregates.<IN>ofVariance(value).stddev();
  }

  /**
   * Returns the standard deviation of a population, Spark's {@code stddev_pop}.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values, 0 for one, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> stddevPop(
      Function<? super IN, ? extends @Nullable Number> value) {
    return StatisticAggregates.<IN>ofVariance(value).stddevPop();
  }

  /**
   * Returns the variance of a sample, Spark's {@code variance} and {@code var_samp}.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for less than two values, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> variance(
      Function<? super IN, ? extends @Nullable Number> value) {
    return StatisticAggregates.<IN>ofVariance(value).variance();
  }

  /**
   * Returns the variance of a population, Spark's {@code var_pop}.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values, 0 for one, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> varPop(
      Function<? super IN, ? extends @Nullable Number> value) {
    return StatisticAggregates.<IN>ofVariance(value).varPop();
  }

  /**
   * Returns the skewness of a population.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null unless two values differ, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> skewness(
      Function<? super IN, ? extends @Nullable Number> value) {
    return StatisticAggregates.<IN>statistics(value).skewness();
  }

  /**
   * Returns the excess kurtosis of a population, which is 0 for a normal distribution.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null unless two values differ, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> kurtosis(
      Function<? super IN, ? extends @Nullable Number> value) {
    return StatisticAggregates.<IN>statistics(value).kurtosis();
  }

  /**
   * Returns the statistics of a value, for queries that need several of them: they share a buffer.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return the source of the aggregates
   */
  public static <IN> Statistics<IN> statistics(
      Function<? super IN, ? extends @Nullable Number> value) {
    return new Statistics<>(MomentsAggregator.<IN>ofAll(doubles(value)));
  }

  private static <IN> Statistics<IN> ofVariance(
      Function<? super IN, ? extends @Nullable Number> value) {
    return new Statistics<>(MomentsAggregator.<IN>ofVariance(doubles(value)));
  }

  /**
   * Returns Pearson's correlation of two values. That of a constant is null, where Spark in its
   * ANSI mode fails.
   *
   * @param x a value of an event
   * @param y another value of it
   * @param <IN> the events
   * @return an aggregate that is from -1 to 1; null if either value is constant, as that of one
   *     event is; and NaN if either is NaN once
   */
  public static <IN> Aggregate<IN, @Nullable Double> corr(
      Function<? super IN, ? extends @Nullable Number> x,
      Function<? super IN, ? extends @Nullable Number> y) {
    return StatisticAggregates.<IN>pairStatistics(x, y).corr();
  }

  /**
   * Returns the covariance of a sample.
   *
   * @param x a value of an event
   * @param y another value of it
   * @param <IN> the events
   * @return an aggregate that is null for less than two pairs without null, and NaN if either value
   *     is NaN once
   */
  public static <IN> Aggregate<IN, @Nullable Double> covarSamp(
      Function<? super IN, ? extends @Nullable Number> x,
      Function<? super IN, ? extends @Nullable Number> y) {
    return StatisticAggregates.<IN>pairStatistics(x, y).covarSamp();
  }

  /**
   * Returns the covariance of a population.
   *
   * @param x a value of an event
   * @param y another value of it
   * @param <IN> the events
   * @return an aggregate that is null for no pairs without null, 0 for one, and NaN if either value
   *     is NaN once
   */
  public static <IN> Aggregate<IN, @Nullable Double> covarPop(
      Function<? super IN, ? extends @Nullable Number> x,
      Function<? super IN, ? extends @Nullable Number> y) {
    return StatisticAggregates.<IN>pairStatistics(x, y).covarPop();
  }

  /**
   * Returns the statistics of pairs of values, for queries that need several of them: they share a
   * buffer.
   *
   * @param x a value of an event
   * @param y another value of it
   * @param <IN> the events
   * @return the source of the aggregates
   */
  public static <IN> PairStatistics<IN> pairStatistics(
      Function<? super IN, ? extends @Nullable Number> x,
      Function<? super IN, ? extends @Nullable Number> y) {
    requireNonNull(x, "x");
    requireNonNull(y, "y");
    return new PairStatistics<>(new PairMomentsAggregator<IN>(doubles(x), doubles(y)));
  }
}
