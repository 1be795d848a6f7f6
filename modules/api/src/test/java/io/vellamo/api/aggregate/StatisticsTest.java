package io.vellamo.api.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticsTest {
  private static final Statistics<Double> STATISTICS = Aggregates.statistics(Function.identity());

  @Test
  void handles_shareOneAggregator() {
    PairStatistics<Double> pairs = Aggregates.pairStatistics(value -> value, value -> -value);

    assertThat(
            List.of(
                STATISTICS.mean(),
                STATISTICS.variance(),
                STATISTICS.varPop(),
                STATISTICS.stddev(),
                STATISTICS.stddevPop(),
                STATISTICS.skewness(),
                STATISTICS.kurtosis()))
        .extracting(Aggregate::aggregator)
        .containsOnly(STATISTICS.count().aggregator());
    assertThat(List.of(pairs.corr(), pairs.covarSamp(), pairs.covarPop()))
        .extracting(Aggregate::aggregator)
        .containsOnly(pairs.count().aggregator());
  }

  @Test
  void handles_readTheirResultsFromOneBuffer() {
    Object buffer = Reductions.reduce(STATISTICS.count().aggregator(), List.of(1.0, 3.0));

    assertThat(STATISTICS.count().finish(buffer)).isEqualTo(2);
    assertThat(STATISTICS.mean().finish(buffer)).isEqualTo(2.0);
    assertThat(STATISTICS.variance().finish(buffer)).isEqualTo(2.0);
    assertThat(STATISTICS.varPop().finish(buffer)).isEqualTo(1.0);
    assertThat(STATISTICS.stddevPop().finish(buffer)).isEqualTo(1.0);
    assertThat(STATISTICS.kurtosis().finish(buffer)).isEqualTo(-2.0);
  }

  @Test
  void count_isThatOfValues_notOfEvents() {
    Statistics<Double> ofSome = Aggregates.statistics(value -> value < 2 ? null : value);
    PairStatistics<Double> pairs =
        Aggregates.pairStatistics(value -> value, value -> value < 2 ? null : value);

    assertThat(Reductions.result(ofSome.count(), List.of(1.0, 2.0, 3.0))).isEqualTo(2);
    assertThat(Reductions.result(pairs.count(), List.of(1.0, 2.0, 3.0))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e9, -1e9, 1e12})
  void variance_ofValuesWithALargeMean_isThatOfTheirDeviations(double offset) {
    List<Double> values = DoubleStream.of(4, 7, 13, 16).map(x -> x + offset).boxed().toList();

    for (int seed = 0; seed < 20; seed++) {
      Object buffer = Reductions.merge(STATISTICS.count().aggregator(), values, new Random(seed));

      assertThat(STATISTICS.variance().finish(buffer)).isCloseTo(30, within(1e-6));
      assertThat(STATISTICS.varPop().finish(buffer)).isCloseTo(22.5, within(1e-6));
    }
    assertThat(Reductions.result(Aggregates.variance(Function.identity()), values))
        .isCloseTo(30.0, within(1e-6));
  }

  @Test
  void moments_ofManyValuesWithALargeMean_areThoseOfTheirDeviations() {
    Random random = new Random(3);
    List<Double> near =
        DoubleStream.generate(() -> Math.rint(1000 * Math.exp(random.nextGaussian())))
            .limit(10_000)
            .boxed()
            .toList();
    List<Double> far = near.stream().map(value -> value + 1e9).toList();

    assertMomentsEqual(near, far, 1e-6);
  }

  @Test
  void moments_areThoseOfTheirDefinition() {
    Random random = new Random(4);
    double[] values =
        DoubleStream.generate(() -> Math.exp(random.nextGaussian())).limit(500).toArray();
    double mean = DoubleStream.of(values).sum() / values.length;
    double m2 = moment(values, mean, 2);

    Object buffer =
        Reductions.merge(
            STATISTICS.count().aggregator(), DoubleStream.of(values).boxed().toList(), random);

    assertThat(STATISTICS.mean().finish(buffer)).isCloseTo(mean, relative());
    assertThat(STATISTICS.varPop().finish(buffer)).isCloseTo(m2, relative());
    assertThat(STATISTICS.skewness().finish(buffer))
        .isCloseTo(moment(values, mean, 3) / Math.pow(m2, 1.5), relative());
    assertThat(STATISTICS.kurtosis().finish(buffer))
        .isCloseTo(moment(values, mean, 4) / (m2 * m2) - 3, relative());
  }

  @Test
  void equalValues_haveNoSpread_howeverTheyAreMerged() {
    List<Double> values = DoubleStream.generate(() -> 1e9 + 0.1).limit(100).boxed().toList();
    PairStatistics<Double> pairs = Aggregates.pairStatistics(value -> value, value -> value);
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Object moments = Reductions.merge(STATISTICS.count().aggregator(), values, random);
      Object pairMoments = Reductions.merge(pairs.count().aggregator(), values, random);

      assertThat(STATISTICS.stddev().finish(moments)).isEqualTo(0.0);
      assertThat(STATISTICS.skewness().finish(moments)).isNull();
      assertThat(STATISTICS.kurtosis().finish(moments)).isNull();
      assertThat(pairs.corr().finish(pairMoments)).isNull();
    }
  }

  @Test
  void correlation_neverExceedsOne() {
    Aggregate<Double, Double> corr = Aggregates.corr(value -> value, value -> 3 * value + 0.1);
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Double> values = DoubleStream.generate(random::nextDouble).limit(5).boxed().toList();

      assertThat(Reductions.result(corr, values)).isBetween(1 - 1e-9, 1.0);
    }
  }

  @Test
  void correlation_ofTinyValues_isNotLostToUnderflow() {
    Aggregate<Double, Double> corr = Aggregates.corr(value -> value, value -> 2 * value);

    assertThat(Reductions.result(corr, List.of(1e-100, 2e-100))).isCloseTo(1.0, relative());
  }

  private static void assertMomentsEqual(List<Double> expected, List<Double> found, double error) {
    List<Aggregate<Double, Double>> aggregates =
        List.of(STATISTICS.stddev(), STATISTICS.skewness(), STATISTICS.kurtosis());
    for (Aggregate<Double, Double> aggregate : aggregates) {
      assertThat(Reductions.result(aggregate, found))
          .as(aggregate.name())
          .isCloseTo(
              Reductions.result(aggregate, expected), Percentage.withPercentage(100 * error));
    }
  }

  private static double moment(double[] values, double mean, int power) {
    return DoubleStream.of(values).map(value -> Math.pow(value - mean, power)).sum()
        / values.length;
  }

  private static Percentage relative() {
    return Percentage.withPercentage(1e-7);
  }
}
