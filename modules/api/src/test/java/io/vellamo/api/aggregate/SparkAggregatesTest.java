package io.vellamo.api.aggregate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spark's results for small inputs; its functions of distributions are not among the standard ones.
 */
final class SparkAggregatesTest {
  record Point(@Nullable Double x, @Nullable Double y) {}

  private static final double NAN = Double.NaN;
  private static final Set<Double> NO_VALUES = Set.of();

  private static final Map<String, List<Point>> INPUTS =
      Map.of(
          "empty", List.of(),
          "one", List.of(new Point(2.0, 3.0)),
          "nulls", List.of(new Point(null, null)),
          "onenull", List.of(new Point(null, 3.0), new Point(4.0, 7.0)),
          "const", List.of(new Point(5.0, 5.0), new Point(5.0, 5.0)),
          "two", List.of(new Point(1.0, 2.0), new Point(3.0, 1.0)),
          "four", points(1, 1, 2, 3, 4, 2, 8, 9),
          "nan", List.of(new Point(NAN, 1.0), new Point(1.0, 2.0)));

  private static final List<String> COLUMNS =
      List.of("empty", "one", "nulls", "onenull", "const", "two", "four", "nan");

  private static List<Point> points(double... xy) {
    return Stream.iterate(0, i -> i + 2)
        .limit(xy.length / 2)
        .map(i -> new Point(xy[i], xy[i + 1]))
        .toList();
  }

  static Stream<Arguments> cases() {
    return Stream.of(
            of("count(*)", Aggregates.count(), 0L, 1L, 1L, 2L, 2L, 2L, 4L, 2L),
            of("count", Aggregates.count(Point::x), 0L, 1L, 0L, 1L, 2L, 2L, 4L, 2L),
            of("sum", Aggregates.sum(Point::x), null, 2.0, null, 4.0, 10.0, 4.0, 15.0, NAN),
            of("avg", Aggregates.avg(Point::x), null, 2.0, null, 4.0, 5.0, 2.0, 3.75, NAN),
            of("min", Aggregates.min(Point::x), null, 2.0, null, 4.0, 5.0, 1.0, 1.0, 1.0),
            of("max", Aggregates.max(Point::x), null, 2.0, null, 4.0, 5.0, 3.0, 8.0, NAN),
            spread(
                "stddev",
                Aggregates.stddev(Point::x),
                Aggregates.statistics(Point::x).stddev(),
                row(null, null, null, null, 0.0, 1.4142135623730951, 3.095695936834452, NAN)),
            spread(
                "stddev_pop",
                Aggregates.stddevPop(Point::x),
                Aggregates.statistics(Point::x).stddevPop(),
                row(null, 0.0, null, 0.0, 0.0, 1.0, 2.680951323690902, NAN)),
            spread(
                "variance",
                Aggregates.variance(Point::x),
                Aggregates.statistics(Point::x).variance(),
                row(null, null, null, null, 0.0, 2.0, 9.583333333333334, NAN)),
            spread(
                "var_pop",
                Aggregates.varPop(Point::x),
                Aggregates.statistics(Point::x).varPop(),
                row(null, 0.0, null, 0.0, 0.0, 1.0, 7.1875, NAN)),
            spread(
                "skewness",
                Aggregates.skewness(Point::x),
                Aggregates.statistics(Point::x).skewness(),
                row(null, null, null, null, null, 0.0, 0.656807734499699, NAN)),
            spread(
                "kurtosis",
                Aggregates.kurtosis(Point::x),
                Aggregates.statistics(Point::x).kurtosis(),
                row(null, null, null, null, null, -2.0, -1.09897920604915, NAN)),
            spread(
                "avg",
                Aggregates.statistics(Point::x).mean(),
                Aggregates.avg(Point::x),
                row(null, 2.0, null, 4.0, 5.0, 2.0, 3.75, NAN)),
            of(
                "collect_list",
                Aggregates.collectList(Point::x, Double.class),
                List.of(),
                List.of(2.0),
                List.of(),
                List.of(4.0),
                List.of(5.0, 5.0),
                List.of(1.0, 3.0),
                List.of(1.0, 2.0, 4.0, 8.0),
                List.of(NAN, 1.0)),
            of(
                "collect_set",
                Aggregates.collectSet(Point::x, Double.class),
                NO_VALUES,
                Set.of(2.0),
                NO_VALUES,
                Set.of(4.0),
                Set.of(5.0),
                Set.of(1.0, 3.0),
                Set.of(1.0, 2.0, 4.0, 8.0),
                Set.of(NAN, 1.0)),
            spread(
                "corr",
                Aggregates.corr(Point::x, Point::y),
                Aggregates.pairStatistics(Point::x, Point::y).corr(),
                row(null, null, null, null, null, -1.0, 0.92127724011596, NAN)),
            spread(
                "covar_samp",
                Aggregates.covarSamp(Point::x, Point::y),
                Aggregates.pairStatistics(Point::x, Point::y).covarSamp(),
                row(null, null, null, null, 0.0, -1.0, 10.25, NAN)),
            spread(
                "covar_pop",
                Aggregates.covarPop(Point::x, Point::y),
                Aggregates.pairStatistics(Point::x, Point::y).covarPop(),
                row(null, 0.0, null, 0.0, 0.0, -0.5, 7.6875, NAN)),
            of(
                "first",
                Aggregates.first(Point::x, Double.class),
                row(null, 2.0, null, null, 5.0, 1.0, 1.0, NAN)),
            of(
                "last",
                Aggregates.last(Point::x, Double.class),
                row(null, 2.0, null, 4.0, 5.0, 3.0, 8.0, 1.0)),
            of(
                "first, ignore nulls",
                Aggregates.firstNonNull(Point::x, Double.class),
                row(null, 2.0, null, 4.0, 5.0, 1.0, 1.0, NAN)),
            of(
                "last, ignore nulls",
                Aggregates.lastNonNull(Point::x, Double.class),
                row(null, 2.0, null, 4.0, 5.0, 3.0, 8.0, 1.0)),
            of(
                "max_by",
                Aggregates.maxBy(Point::x, Double.class, Point::y, Double.class),
                row(null, 2.0, null, 4.0, 5.0, 1.0, 8.0, 1.0)),
            of(
                "count_if",
                Aggregates.countIf(SparkAggregatesTest::isAbove2),
                row(0L, 0L, 0L, 1L, 2L, 1L, 2L, 1L)),
            of(
                "bool_and",
                Aggregates.boolAnd(SparkAggregatesTest::above2),
                row(null, false, null, true, true, false, false, false)))
        .flatMap(cases -> cases);
  }

  private static @Nullable Boolean above2(Point point) {
    return point.x() == null ? null : (Boolean) isAbove2(point);
  }

  /** NaN is greater than any number, which Java's operator denies. */
  private static boolean isAbove2(Point point) {
    return point.x() != null && Double.compare(point.x(), 2) > 0;
  }

  private static @Nullable Object[] row(@Nullable Object... expected) {
    return expected;
  }

  private static Stream<Arguments> of(
      String function, Aggregate<Point, ?> aggregate, @Nullable Object... expected) {
    assertThat(expected).hasSameSizeAs(COLUMNS);
    return Stream.iterate(0, i -> i + 1)
        .limit(expected.length)
        .map(i -> Arguments.of(function, COLUMNS.get(i), aggregate, expected[i]));
  }

  private static Stream<Arguments> spread(
      String function,
      Aggregate<Point, ?> aggregate,
      Aggregate<Point, ?> sharing,
      @Nullable Object[] expected) {
    return Stream.concat(
        of(function, aggregate, expected), of(function + ", sharing", sharing, expected));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("cases")
  void function_ofOneReduction_isSparks(
      String function, String column, Aggregate<Point, ?> aggregate, @Nullable Object expected) {
    assertSame(Reductions.result(aggregate, requireNonNull(INPUTS.get(column))), expected);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("cases")
  void function_ofMergedBuffers_isSparks(
      String function, String column, Aggregate<Point, ?> aggregate, @Nullable Object expected) {
    for (int seed = 0; seed < 5; seed++) {
      Object merged =
          Reductions.merge(
              aggregate.aggregator(), requireNonNull(INPUTS.get(column)), new Random(seed));

      assertSame(aggregate.finish(merged), expected);
    }
  }

  private static void assertSame(@Nullable Object found, @Nullable Object expected) {
    if (expected instanceof Double number && Double.isFinite(number) && number != 0) {
      assertThat(found).isInstanceOf(Double.class);
      assertThat((Double) found).isCloseTo(number, Percentage.withPercentage(1e-7));
    } else if (expected instanceof Double number && number == 0) {
      assertThat((Double) found).isCloseTo(0, within(1e-12));
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }
}
