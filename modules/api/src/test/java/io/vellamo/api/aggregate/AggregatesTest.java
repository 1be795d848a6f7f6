package io.vellamo.api.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AggregatesTest {
  record Flight(
      int seats,
      long distance,
      double price,
      float weight,
      @Nullable Integer delay,
      @Nullable Long fuel,
      @Nullable Double speed,
      @Nullable BigDecimal tax,
      boolean late,
      String origin,
      LocalDate day) {}

  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);

  private static final List<Flight> FLIGHTS =
      List.of(
          new Flight(1, 2, 3, 4, 5, 6L, 7.0, BigDecimal.TEN, true, "HEL", MAY_1),
          new Flight(3, 4, 5, 6, null, null, null, null, false, "OUL", MAY_1.minusDays(1)));

  /** References to methods with primitive and boxed results compile without casts. */
  @Test
  void values_mayBeMethodReferencesWithAnyNumber() {
    List<Aggregate<Flight, Double>> sums =
        List.of(
            Aggregates.sum(Flight::seats),
            Aggregates.sum(Flight::distance),
            Aggregates.sum(Flight::price),
            Aggregates.sum(Flight::weight),
            Aggregates.sum(Flight::delay),
            Aggregates.sum(Flight::fuel),
            Aggregates.sum(Flight::speed),
            Aggregates.sum(Flight::tax));

    assertThat(sums)
        .extracting(sum -> Reductions.result(sum, FLIGHTS))
        .containsExactly(4.0, 6.0, 8.0, 10.0, 5.0, 6.0, 7.0, 10.0);
  }

  @Test
  void values_ofLongs_mayBeMethodReferencesWithAnyWholeNumber() {
    List<Aggregate<Flight, Long>> sums =
        List.of(
            Aggregates.sumOfLongs(Flight::seats),
            Aggregates.sumOfLongs(Flight::distance),
            Aggregates.sumOfLongs(Flight::delay),
            Aggregates.sumOfLongs(Flight::fuel));

    assertThat(sums)
        .extracting(sum -> Reductions.result(sum, FLIGHTS))
        .containsExactly(4L, 6L, 5L, 6L);
  }

  @Test
  void handles_areDeclaredWithoutTypes() {
    var mean = Aggregates.avg(Flight::delay);
    var least = Aggregates.min(Flight::seats, Integer.class);
    var first = Aggregates.min(Flight::day, LocalDate.class);
    var late = Aggregates.boolOr(Flight::late);
    var fastest = Aggregates.maxBy(Flight::origin, String.class, Flight::seats, Integer.class);
    var corr = Aggregates.corr(Flight::seats, Flight::price);
    var flights = Aggregates.countIf(Flight::late);
    var origins = Aggregates.collectSet(Flight::origin, String.class);

    assertThat(Reductions.result(mean, FLIGHTS)).isEqualTo(5.0);
    assertThat(Reductions.result(least, FLIGHTS)).isEqualTo(1);
    assertThat(Reductions.result(first, FLIGHTS)).isEqualTo(MAY_1.minusDays(1));
    assertThat(Reductions.result(late, FLIGHTS)).isTrue();
    assertThat(Reductions.result(fastest, FLIGHTS)).isEqualTo("OUL");
    assertThat(Reductions.result(corr, FLIGHTS)).isEqualTo(1.0);
    assertThat(Reductions.result(flights, FLIGHTS)).isEqualTo(1);
    assertThat(Reductions.result(origins, FLIGHTS)).containsExactly("HEL", "OUL");
  }

  @Test
  void extremes_ofDoubles_haveNanGreatestAndZerosEqual() {
    List<Double> values = List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY);
    Aggregate<Double, Double> min = Aggregates.min(Function.identity());
    Aggregate<Double, Double> max = Aggregates.max(Function.identity());

    assertThat(Reductions.result(min, values)).isEqualTo(1.0);
    assertThat(Reductions.result(max, values)).isNaN();
    assertThat(Reductions.result(min, List.of(0.0, -0.0))).isEqualTo(0.0);
    assertThat(Reductions.result(min, List.of(-0.0, 0.0))).isEqualTo(-0.0);
    assertThat(Reductions.result(max, List.of(-0.0, 0.0))).isEqualTo(-0.0);
    assertThat(Reductions.result(min, List.of(Double.NaN))).isNaN();
  }

  @Test
  void extremes_ofFloats_areOrderedAsThoseOfDoubles() {
    Aggregate<Float, Float> max = Aggregates.max(Function.identity(), Float.class);

    assertThat(Reductions.result(max, List.of(-0.0f, 0.0f))).isEqualTo(-0.0f);
    assertThat(Reductions.result(max, List.of(Float.NaN, 1f))).isNaN();
  }

  @Test
  void rank_thatIsNan_isGreatest() {
    Aggregate<Double, Double> maxBy =
        Aggregates.maxBy(value -> value, Double.class, value -> value, Double.class);

    assertThat(Reductions.result(maxBy, List.of(Double.NaN, 7.0))).isNaN();
  }

  @Test
  void extremes_ofStrings_areOrderedByUtf8() {
    List<String> values = List.of("b", "A", "é", "z");
    Aggregate<String, String> min = Aggregates.min(Function.identity(), String.class);
    Aggregate<String, String> max = Aggregates.max(Function.identity(), String.class);

    assertThat(Reductions.result(min, values)).isEqualTo("A");
    assertThat(Reductions.result(max, values)).isEqualTo("é");
    assertThat(Reductions.result(max, List.of("\uFF21", "\uD83D\uDE00"))).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void orderOfStrings_isThatOfTheirUtf8Bytes() {
    Comparator<String> order = ValueOrder.of(String.class);
    int[] points = {'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    Random random = new Random(1);
    for (int round = 0; round < 10_000; round++) {
      String left = text(points, random);
      String right = text(points, random);

      assertThat(Integer.signum(order.compare(left, right)))
          .as("[%s] and [%s]", left, right)
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(left), utf8(right))));
    }
  }

  private static String text(int[] points, Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(4); left > 0; left--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void extremes_ofOtherClasses_haveTheirNaturalOrder() {
    Aggregate<DayOfWeek, DayOfWeek> max = Aggregates.max(Function.identity(), DayOfWeek.class);

    assertThat(Reductions.result(max, List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)))
        .isEqualTo(DayOfWeek.FRIDAY);
  }

  @Test
  void equalExtremes_giveTheFirst_andEqualRanksTheLast() {
    List<BigDecimal> ones = List.of(new BigDecimal("1.0"), new BigDecimal("1.00"));
    Aggregate<BigDecimal, BigDecimal> max = Aggregates.max(Function.identity(), BigDecimal.class);
    Aggregate<String, String> maxBy =
        Aggregates.maxBy(text -> text, String.class, String::length, Integer.class);
    Aggregate<String, String> minBy =
        Aggregates.minBy(text -> text, String.class, String::length, Integer.class);

    assertThat(Reductions.result(max, ones)).isEqualTo(ones.get(0));
    assertThat(Reductions.result(maxBy, List.of("a", "bb", "cc", "d"))).isEqualTo("cc");
    assertThat(Reductions.result(minBy, List.of("a", "bb", "cc", "d"))).isEqualTo("d");
  }

  @Test
  void rank_thatIsNull_isIgnored_butNotItsValue() {
    Aggregate<String, String> maxBy =
        Aggregates.maxBy(
            text -> text.equals("null") ? null : text,
            String.class,
            text -> text.equals("none") ? null : (Integer) text.length(),
            Integer.class);

    assertThat(Reductions.result(maxBy, List.of("a", "none"))).isEqualTo("a");
    assertThat(Reductions.result(maxBy, List.of("a", "null"))).isNull();
    assertThat(Reductions.result(maxBy, List.of("none"))).isNull();
  }

  @Test
  void collectSet_keepsTheOrderOfArrival_withOneZero() {
    Aggregate<Double, Set<Double>> ofDoubles =
        Aggregates.collectSet(Function.identity(), Double.class);
    Aggregate<Float, Set<Float>> ofFloats = Aggregates.collectSet(Function.identity(), Float.class);

    assertThat(Reductions.result(ofDoubles, List.of(3.0, -0.0, Double.NaN, 0.0, 1.0, Double.NaN)))
        .containsExactly(3.0, 0.0, Double.NaN, 1.0);
    assertThat(Reductions.result(ofFloats, List.of(-0.0f, 0.0f))).containsExactly(0.0f);
  }

  @Test
  void boolAnd_andBoolOr_ignoreNull() {
    Aggregate<String, Boolean> all = Aggregates.boolAnd(AggregatesTest::parse);
    Aggregate<String, Boolean> any = Aggregates.boolOr(AggregatesTest::parse);

    assertThat(Reductions.result(all, List.of("true", "?"))).isTrue();
    assertThat(Reductions.result(all, List.of("true", "false"))).isFalse();
    assertThat(Reductions.result(any, List.of("false", "true"))).isTrue();
    assertThat(Reductions.result(any, List.of("?"))).isNull();
  }

  private static @Nullable Boolean parse(String text) {
    return text.equals("?") ? null : Boolean.valueOf(text);
  }

  @Test
  void histogram_countsAValueAtABoundAboveIt() {
    Aggregate<Double, Histogram> histogram = Aggregates.histogram(Function.identity(), 0, 10, 20);
    List<Double> values =
        List.of(-1.0, -0.0, 9.9, 10.0, 20.0, Double.NaN, Double.NEGATIVE_INFINITY);

    Histogram counts = Reductions.result(histogram, values);

    assertThat(counts).isEqualTo(new Histogram(List.of(0.0, 10.0, 20.0), List.of(2L, 2L, 1L, 2L)));
    assertThat(counts.total()).isEqualTo(7);
  }

  @Test
  void histogram_withoutAscendingBounds_isRefused() {
    for (double[] bounds : new double[][] {{1, 1}, {2, 1}, {0.0, -0.0}, {1 / 0.0}, {0 / 0.0}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Aggregates.<Double>histogram(value -> value, bounds))
          .withMessage(
              "bounds must be finite and ascending, were %s; the first and last bucket are unbounded",
              Arrays.toString(bounds));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Aggregates.<Double>histogram(value -> value))
        .withMessage(
            "bounds must have at least [1] number, had [0]; use Aggregates.count for a single"
                + " bucket");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Histogram(List.of(1.0), List.of(1L)))
        .withMessage(
            "counts must be one more than the [1] bounds, were [1]; count the values from the last"
                + " bound on, too");
  }

  @Test
  void class_thatIsPrimitive_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Aggregates.min(Flight::seats, int.class))
        .withMessage(
            "class of a type argument must not be a primitive, was [int]; use [java.lang.Integer]");
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without it may do
  void nulls_areRefusedByName() {
    Function<Double, Double> none = null;
    assertThatNullPointerException().isThrownBy(() -> Aggregates.sum(none)).withMessage("value");
    assertThatNullPointerException()
        .isThrownBy(() -> Aggregates.max(none, Double.class))
        .withMessage("value");
    assertThatNullPointerException()
        .isThrownBy(() -> Aggregates.countIf(null))
        .withMessage("predicate");
    assertThatNullPointerException().isThrownBy(() -> Aggregates.corr(none, none)).withMessage("x");
  }

  @Test
  void names_areThoseOfTheFactories() {
    assertThat(
            Stream.of(
                Aggregates.<Flight>count(),
                Aggregates.sumOfLongs(Flight::seats),
                Aggregates.max(Flight::price),
                Aggregates.firstNonNull(Flight::delay, Integer.class),
                Aggregates.statistics(Flight::price).stddevPop()))
        .extracting(Aggregate::name)
        .containsExactly("count", "sumOfLongs", "max", "firstNonNull", "stddevPop");
  }
}
