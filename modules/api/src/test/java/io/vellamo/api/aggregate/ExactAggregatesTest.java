package io.vellamo.api.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class ExactAggregatesTest {
  private static final Aggregate<Long, Long> SUM = Aggregates.sumOfLongs(Function.identity());
  private static final Aggregate<Long, Double> AVG = Aggregates.avgOfLongs(Function.identity());
  private static final Aggregate<Double, Double> DOUBLES = Aggregates.sum(Function.identity());

  @Test
  void sumOfLongs_isExactBeyondThePrecisionOfDoubles() {
    assertThat(Reductions.result(SUM, List.of(1L << 53, 1L))).isEqualTo((1L << 53) + 1);
    assertThat(Reductions.result(SUM, List.of(Long.MAX_VALUE - 1, 1L))).isEqualTo(Long.MAX_VALUE);
    assertThat(Reductions.result(SUM, List.of(Long.MIN_VALUE, Long.MAX_VALUE))).isEqualTo(-1);
  }

  @Test
  void sumOfLongs_thatOverflows_failsAndLeavesTheBuffer() {
    Aggregator<Long, Object, ?> aggregator = SUM.aggregator();
    Object buffer = Reductions.reduce(aggregator, List.of(Long.MAX_VALUE));

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> aggregator.reduce(buffer, 1L))
        .withMessage(
            "result of aggregate [sumOfLongs] must fit in a long, was the sum of"
                + " [9223372036854775807] and [1]; use Aggregates.sum, which adds doubles");
    assertThat(SUM.finish(aggregator.reduce(buffer, -7L))).isEqualTo(Long.MAX_VALUE - 7);
  }

  @Test
  void sumOfLongs_whoseMergedPartsOverflow_failsAndLeavesTheBuffers() {
    Aggregator<Long, Object, ?> aggregator = SUM.aggregator();
    Object left = Reductions.reduce(aggregator, List.of(Long.MIN_VALUE));
    Object right = Reductions.reduce(aggregator, List.of(-1L));

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> aggregator.merge(left, right))
        .withMessageContaining("was the sum of [-9223372036854775808] and [-1]");
    assertThat(SUM.finish(left)).isEqualTo(Long.MIN_VALUE);
    assertThat(SUM.finish(right)).isEqualTo(-1);
  }

  @Test
  void avgOfLongs_beyondTheRangeOfLongs_isTheMean() {
    assertThat(Reductions.result(AVG, List.of(Long.MAX_VALUE, Long.MAX_VALUE))).isEqualTo(0x1p63);
    assertThat(Reductions.result(AVG, List.of(Long.MIN_VALUE, Long.MIN_VALUE))).isEqualTo(-0x1p63);
    assertThat(Reductions.result(AVG, List.of(Long.MAX_VALUE, Long.MAX_VALUE, -Long.MAX_VALUE)))
        .isEqualTo(Long.MAX_VALUE / 3.0);
  }

  @Test
  void avgOfLongs_isThatOfTheExactSum() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Long> values = LongStream.generate(random::nextLong).limit(50).boxed().toList();
      BigInteger exact = BigInteger.ZERO;
      for (long value : values) {
        exact = exact.add(BigInteger.valueOf(value));
      }

      double mean = AVG.finish(Reductions.merge(AVG.aggregator(), values, random));

      assertThat(mean)
          .as("seed %d", seed)
          .isCloseTo(exact.doubleValue() / 50, Percentage.withPercentage(1e-13));
    }
  }

  @Test
  void deduction_keepsExactnessBeyondTheRangeOfLongs() {
    Aggregator<Long, Object, ?> aggregator = AVG.aggregator();
    Object all = Reductions.reduce(aggregator, List.of(Long.MAX_VALUE, Long.MAX_VALUE, 3L, -5L));
    Object large = Reductions.reduce(aggregator, List.of(Long.MAX_VALUE, Long.MAX_VALUE));

    assertThat(AVG.finish(aggregator.deduct(all, large))).isEqualTo(-1);
  }

  @Test
  void valuesOfOneClass_areAcceptedIfTheyAreWhole() {
    Aggregate<Number, Long> sum = Aggregates.sumOfLongs(Function.identity());

    assertThat(Reductions.result(sum, List.of((byte) 1, (short) 2, 3, 4L))).isEqualTo(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.result(sum, List.of(2.5)))
        .withMessage(
            "value of aggregate [sumOfLongs] must be a Long, Integer, Short or Byte, was [2.5] of"
                + " class [java.lang.Double]; use the aggregate of doubles");
  }

  @Test
  void sum_ofDoubles_isThatOfTheExactSumInAnyOrder() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<Double> values =
          DoubleStream.generate(
                  () -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(17)))
              .limit(200)
              .boxed()
              .toList();
      BigDecimal exact = BigDecimal.ZERO;
      for (double value : values) {
        exact = exact.add(new BigDecimal(value), MathContext.UNLIMITED);
      }

      double sum = DOUBLES.finish(Reductions.merge(DOUBLES.aggregator(), values, random));

      assertThat(sum)
          .as("seed %d", seed)
          .isCloseTo(exact.doubleValue(), Percentage.withPercentage(1e-12));
    }
  }

  @Test
  void sum_ofALargeAndItsOpposite_keepsTheSmall() {
    assertThat(Reductions.result(DOUBLES, List.of(1.0, 1e100, 1.0, -1e100))).isEqualTo(2.0);
  }

  @Test
  void sum_beyondTheRangeOfDoubles_isInfinite() {
    assertThat(Reductions.result(DOUBLES, List.of(1e308, 1e308))).isEqualTo(1 / 0.0);
    assertThat(Reductions.result(DOUBLES, List.of(-1 / 0.0, 1.0))).isEqualTo(-1 / 0.0);
    assertThat(Reductions.result(DOUBLES, List.of(-1 / 0.0, 1 / 0.0))).isNaN();
  }
}
