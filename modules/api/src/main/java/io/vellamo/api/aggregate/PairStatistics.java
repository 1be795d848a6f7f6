package io.vellamo.api.aggregate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of pairs of values of events, which share one buffer, as {@link Statistics} do. {@link
 * Aggregates#pairStatistics} creates them.
 *
 * <p>An event with a null in its pair is ignored; NaN makes the results NaN.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param <IN> the events
 * @since 0.1
 */
public final class PairStatistics<IN> {
  private final PairMomentsAggregator<IN> moments;

  PairStatistics(PairMomentsAggregator<IN> moments) {
    this.moments = moments;
  }

  /**
   * Returns the number of pairs without null.
   *
   * @return an aggregate that is 0 for no pairs
   */
  public Aggregate<IN, Long> count() {
    return Aggregate.sharing("count", moments, PairMoments::count);
  }

  /**
   * Returns Pearson's correlation.
   *
   * @return an aggregate that is from -1 to 1, and null if either value is constant
   */
  public Aggregate<IN, @Nullable Double> corr() {
    return of("corr", PairMoments::corr);
  }

  /**
   * Returns the covariance of a sample, whose divisor is the number of pairs minus one.
   *
   * @return an aggregate that is null for less than two pairs
   */
  public Aggregate<IN, @Nullable Double> covarSamp() {
    return of("covarSamp", PairMoments::covarSamp);
  }

  /**
   * Returns the covariance of a population, whose divisor is the number of pairs.
   *
   * @return an aggregate that is null for no pairs and 0 for one
   */
  public Aggregate<IN, @Nullable Double> covarPop() {
    return of("covarPop", PairMoments::covarPop);
  }

  private Aggregate<IN, @Nullable Double> of(
      String name, Function<PairMoments, @Nullable Double> result) {
    return Aggregate.sharing(name, moments, result);
  }
}
