package io.vellamo.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentileApproxTest {
  private static final AggregateRun<@Nullable Number, @Nullable Double> MEDIAN = percentile(0.5);

  /** The groups of the published vectors, with Spark's medians. */
  static Stream<Arguments> groups() {
    return Stream.of(
        Arguments.of("empty", List.of(), null),
        Arguments.of("one", List.of(2.0), 2.0),
        Arguments.of("nulls", Collections.singletonList(null), null),
        Arguments.of("onenull", Arrays.asList(null, 4.0), 4.0),
        Arguments.of("const", List.of(5.0, 5.0), 5.0),
        Arguments.of("two", List.of(1.0, 3.0), 1.0),
        Arguments.of("four", List.of(1.0, 2.0, 4.0, 8.0), 2.0),
        Arguments.of("nan", List.of(Double.NaN, 1.0), 1.0));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void median_ofTheGroupsOfSpark_isSparks(
      String name, List<@Nullable Number> numbers, @Nullable Double expected) {
    assertThat(MEDIAN.result(numbers)).as(name).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.25, 3", "0.5, 5", "0.99, 10", "1, 10"})
  void percentile_ofOneToTen_isSparks(double percentile, double expected) {
    assertThat(percentile(percentile).result(range(1, 11))).isEqualTo(expected);
  }

  static Stream<Arguments> distributions() {
    return Stream.of(
        Arguments.of("uniform", (Source) (random, i) -> random.nextDouble()),
        Arguments.of("normal", (Source) (random, i) -> random.nextGaussian()),
        Arguments.of("lognormal", (Source) (random, i) -> Math.exp(3 * random.nextGaussian())),
        Arguments.of("ascending", (Source) (random, i) -> i),
        Arguments.of("descending", (Source) (random, i) -> -i),
        Arguments.of("moving apart", (Source) (random, i) -> i % 2 == 0 ? i : -i));
  }

  interface Source {
    double draw(Random random, int index);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void estimates_areWithinTheDocumentedError(String name, Source source) {
    for (int size : List.of(1_000, 100_000)) {
      List<@Nullable Number> numbers = drawn(source, size);
      assertErrors(MEDIAN.reduce(numbers), numbers, 0.01);
    }
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void estimates_ofMergedParts_areWithinTheDocumentedError(String name, Source source) {
    List<@Nullable Number> numbers = drawn(source, 100_000);

    for (int parts : List.of(10, 1_000)) {
      for (long seed = 0; seed < 3; seed++) {
        assertErrors(
            MEDIAN.mergeParts(numbers, parts, seed),
            numbers,
            name.equals("moving apart") ? 0.04 : 0.015);
      }
    }
  }

  @Test
  void estimate_ofFewDistinctNumbers_isNextToTheRightOne() {
    List<@Nullable Number> dice = drawn((random, i) -> 1 + random.nextInt(6), 100_000);
    Object buffer = MEDIAN.reduce(dice);

    for (double percentile = 0; percentile <= 1; percentile += 0.01) {
      double rank = Math.max(1, Math.ceil(percentile * dice.size()));
      double exact = sorted(dice)[(int) rank - 1];
      assertThat(at(percentile, buffer)).isCloseTo(exact, within(1.0));
    }
  }

  @Test
  void numbers_areKeptUpTo256_whenReduced() {
    assertThat(layout(MEDIAN.reduce(range(0, 256)))).isEqualTo(SketchLayouts.NUMBERS);
    assertThat(MEDIAN.result(range(0, 256))).isEqualTo(127);
    assertThat(layout(MEDIAN.reduce(range(0, 257)))).isEqualTo(SketchLayouts.CENTROIDS);
    assertThat(MEDIAN.result(range(0, 257))).isCloseTo(128, within(4.0));
  }

  @Test
  void numbers_areKeptUpTo256_whenMerged() {
    Object exact = MEDIAN.merge(MEDIAN.reduce(range(100, 256)), MEDIAN.reduce(range(0, 100)));
    Object estimated = MEDIAN.merge(MEDIAN.reduce(range(100, 257)), MEDIAN.reduce(range(0, 100)));

    assertThat(exact).isEqualTo(MEDIAN.reduce(range(0, 256)));
    assertThat(layout(estimated)).isEqualTo(SketchLayouts.CENTROIDS);
    assertThat(at(0.5, estimated)).isCloseTo(128, within(4.0));
  }

  @Test
  void exactPercentiles_followTheRule_forAnyNumbersAndMerges() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(256);
      List<@Nullable Number> numbers =
          random.ints(size, -50, 50).mapToObj(n -> n / 4.0).collect(Collectors.toList());
      Object buffer = MEDIAN.mergeParts(numbers, 5, seed);

      double percentile = random.nextDouble();
      double rank = Math.max(1, Math.ceil(percentile * size));
      assertThat(at(percentile, buffer))
          .as("seed %d", seed)
          .isEqualTo(sorted(numbers)[(int) rank - 1]);
    }
  }

  @Test
  void extremes_areExact() {
    List<@Nullable Number> numbers = drawn((random, i) -> random.nextGaussian(), 50_000);
    double[] sorted = sorted(numbers);

    for (Object buffer : List.of(MEDIAN.reduce(numbers), MEDIAN.mergeParts(numbers, 50, 1))) {
      assertThat(at(0, buffer)).isEqualTo(sorted[0]);
      assertThat(at(1, buffer)).isEqualTo(sorted[sorted.length - 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 4_000})
  void numbersThatAreNotFinite_areCountedExactly(int quarter) {
    List<@Nullable Number> numbers =
        IntStream.range(0, 4 * quarter)
            .mapToObj(
                i ->
                    List.of(Double.NaN, Double.POSITIVE_INFINITY, -1.0, Double.NEGATIVE_INFINITY)
                        .get(i % 4))
            .collect(Collectors.toList());

    for (Object buffer : List.of(MEDIAN.reduce(numbers), MEDIAN.mergeParts(numbers, 3, 7))) {
      assertThat(at(0.25, buffer)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(at(0.26, buffer)).isEqualTo(-1.0);
      assertThat(at(0.50, buffer)).isEqualTo(-1.0);
      assertThat(at(0.75, buffer)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(at(0.76, buffer)).isNaN();
    }
  }

  @Test
  void negativeZero_isZero() {
    // As text: the assertions on numbers take both zeros as equal.
    assertThat(String.valueOf(MEDIAN.result(List.of(-0.0)))).isEqualTo("0.0");
    assertThat(String.valueOf(MEDIAN.result(Collections.nCopies(1_000, -0.0)))).isEqualTo("0.0");
  }

  @Test
  void numbersTooLargeForADigest_countAsInfinite_oncePercentilesAreEstimates() {
    List<@Nullable Number> large = List.of(-Double.MAX_VALUE, 0.0, Double.MAX_VALUE);
    Object few = MEDIAN.reduce(large);
    Object reduced = MEDIAN.reduce(MEDIAN.reduce(few, range(1, 301)), large);
    Object merged = MEDIAN.merge(MEDIAN.reduce(range(1, 301)), MEDIAN.reduce(large));

    assertThat(at(1, MEDIAN.reduce(large))).isEqualTo(Double.MAX_VALUE);
    for (Object buffer : List.of(reduced, merged)) {
      assertThat(at(0, buffer)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(at(0.5, buffer)).isCloseTo(150, within(6.0));
      assertThat(at(1, buffer)).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void onlyNumbersTooLargeForADigest_haveInfinitePercentiles() {
    Object buffer = MEDIAN.reduce(Collections.nCopies(300, 1e300));

    assertThat(at(0.5, buffer)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(at(0.5, MEDIAN.reduce(buffer, range(0, 1)))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(at(0, buffer)).isEqualTo(0);
  }

  @Test
  void severalPercentiles_shareOneBuffer() {
    Percentiles<Number> percentiles = Sketches.percentiles(number -> number);

    assertThat(percentiles.at(0.9).aggregator()).isSameAs(percentiles.at(0.1).aggregator());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void percentile_outOfRange_isRefused(double percentile) {
    assertThatThrownBy(() -> percentile(percentile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percentile must be from 0 to 1, was [%s]", percentile);
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 1_001})
  void compression_outOfRange_isRefused(int compression) {
    Supplier<Percentiles<Number>> percentiles =
        () -> Sketches.percentiles(number -> number, compression);

    assertThatThrownBy(percentiles::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("compression must be from 20 to 1000, was [%d]", compression);
  }

  /** Asserts the errors that were measured for the documentation, with a margin. */
  private static void assertErrors(
      Object buffer, List<@Nullable Number> numbers, double errorInTheMiddle) {
    double[] sorted = sorted(numbers);
    for (double percentile : new double[] {0.01, 0.99}) {
      assertThat(error(percentile, buffer, sorted)).isLessThanOrEqualTo(0.002);
    }
    for (double percentile = 0.05; percentile < 0.96; percentile += 0.05) {
      assertThat(error(percentile, buffer, sorted)).isLessThanOrEqualTo(errorInTheMiddle);
    }
  }

  /** Returns how far an estimate is from its rank, as a fraction of all numbers. */
  private static double error(double percentile, Object buffer, double[] sorted) {
    double estimate = at(percentile, buffer);
    double rank = Math.ceil(percentile * sorted.length) - 1;
    int found = Arrays.binarySearch(sorted, estimate);
    double low = found >= 0 ? found : -found - 2;
    double high = found >= 0 ? found : -found - 1;
    return Math.max(0, Math.max(low - rank, rank - high)) / sorted.length;
  }

  private static double at(double percentile, Object buffer) {
    Double result = percentile(percentile).aggregate().finish(buffer);
    assertThat(result).isNotNull();
    return result == null ? Double.NaN : result;
  }

  private static AggregateRun<@Nullable Number, @Nullable Double> percentile(double percentile) {
    return new AggregateRun<>(Sketches.percentileApprox(number -> number, percentile));
  }

  private static List<@Nullable Number> range(int first, int end) {
    return IntStream.range(first, end).boxed().collect(Collectors.toList());
  }

  private static List<@Nullable Number> drawn(Source source, int size) {
    Random random = new Random(size);
    return IntStream.range(0, size)
        .mapToObj(i -> source.draw(random, i))
        .collect(Collectors.toList());
  }

  private static double[] sorted(List<@Nullable Number> numbers) {
    return numbers.stream()
        .flatMapToDouble(n -> n == null ? DoubleStream.empty() : DoubleStream.of(n.doubleValue()))
        .sorted()
        .toArray();
  }

  private static byte layout(Object buffer) {
    return MEDIAN.write(buffer)[0];
  }
}
