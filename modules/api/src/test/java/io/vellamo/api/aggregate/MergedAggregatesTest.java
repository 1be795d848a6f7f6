package io.vellamo.api.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.group.StateType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of all aggregates, for random events and random splits of them into parts. */
final class MergedAggregatesTest {
  record Reading(@Nullable Double x, @Nullable Double y, @Nullable Long n, @Nullable String text) {}

  private static final int ROUNDS = 200;

  static List<Aggregate<Reading, ?>> all() {
    Statistics<Reading> statistics = Aggregates.statistics(Reading::x);
    PairStatistics<Reading> pairs = Aggregates.pairStatistics(Reading::x, Reading::y);
    return List.of(
        Aggregates.count(),
        Aggregates.count(Reading::x),
        Aggregates.countIf(reading -> reading.text() != null),
        Aggregates.sum(Reading::x),
        Aggregates.sumOfLongs(Reading::n),
        Aggregates.avg(Reading::x),
        Aggregates.avgOfLongs(Reading::n),
        Aggregates.min(Reading::x),
        Aggregates.max(Reading::x),
        Aggregates.min(Reading::n, Long.class),
        Aggregates.max(Reading::text, String.class),
        Aggregates.boolAnd(reading -> reading.n() == null ? null : reading.n() > 0),
        Aggregates.boolOr(reading -> reading.n() == null ? null : reading.n() > 0),
        Aggregates.stddev(Reading::x),
        Aggregates.stddevPop(Reading::x),
        Aggregates.variance(Reading::x),
        Aggregates.varPop(Reading::x),
        Aggregates.skewness(Reading::x),
        Aggregates.kurtosis(Reading::x),
        statistics.count(),
        statistics.mean(),
        statistics.variance(),
        statistics.varPop(),
        statistics.stddev(),
        statistics.stddevPop(),
        statistics.skewness(),
        statistics.kurtosis(),
        Aggregates.corr(Reading::x, Reading::y),
        Aggregates.covarSamp(Reading::x, Reading::y),
        Aggregates.covarPop(Reading::x, Reading::y),
        pairs.count(),
        Aggregates.first(Reading::x, Double.class),
        Aggregates.firstNonNull(Reading::n, Long.class),
        Aggregates.last(Reading::text, String.class),
        Aggregates.lastNonNull(Reading::x, Double.class),
        Aggregates.minBy(Reading::text, String.class, Reading::n, Long.class),
        Aggregates.maxBy(Reading::x, Double.class, Reading::text, String.class),
        Aggregates.collectList(Reading::text, String.class),
        Aggregates.collectSet(Reading::n, Long.class),
        Aggregates.histogram(Reading::x, 0, 10, 20));
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyMergeTree_equalsReductionInOrder(Aggregate<Reading, ?> aggregate) {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Reading> events = events(random);

      Object merged = Reductions.merge(aggregate.aggregator(), events, random);

      assertClose(aggregate.finish(merged), Reductions.result(aggregate, events), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void storedBuffer_continuesAsTheBuffer(Aggregate<Reading, ?> aggregate) {
    Aggregator<Reading, Object, ?> aggregator = aggregate.aggregator();
    for (int seed = 0; seed < ROUNDS && Reductions.hasLayout(aggregator); seed++) {
      Random random = new Random(seed);
      List<Reading> events = events(random);
      int half = random.nextInt(events.size() + 1);
      String stored =
          Reductions.stored(aggregator, Reductions.reduce(aggregator, events.subList(0, half)));

      Object continued = Reductions.read(aggregator, stored);
      assertThat(Reductions.stored(aggregator, continued)).as("seed %d", seed).isEqualTo(stored);
      for (Reading event : events.subList(half, events.size())) {
        continued = aggregator.reduce(continued, event);
      }

      assertThat(aggregate.finish(continued))
          .as("seed %d", seed)
          .isEqualTo(Reductions.result(aggregate, events));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void merging_leavesTheRightBuffer_andSharesNothingWithIt(Aggregate<Reading, ?> aggregate) {
    Aggregator<Reading, Object, ?> aggregator = aggregate.aggregator();
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Reading> events = events(random);
      Object right = Reductions.reduce(aggregator, events);
      Object before = aggregate.finish(right);

      Object merged = aggregator.merge(aggregator.zero(), right);
      for (Reading event : events(random)) {
        merged = aggregator.reduce(merged, event);
      }

      assertThat(aggregate.finish(right)).as("seed %d", seed).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void finishing_doesNotChangeTheBuffer_andTheResultDoesNotChangeWithIt(
      Aggregate<Reading, ?> aggregate) {
    Aggregator<Reading, Object, ?> aggregator = aggregate.aggregator();
    List<Reading> events = events(new Random(7));
    Object buffer = aggregator.zero();
    for (int i = 0; i < events.size(); i++) {
      buffer = aggregator.reduce(buffer, events.get(i));
      Object result = aggregate.finish(buffer);
      String text = String.valueOf(result);

      assertThat(aggregate.finish(buffer)).isEqualTo(result);
      assertThat(result).isEqualTo(Reductions.result(aggregate, events.subList(0, i + 1)));
      buffer = aggregator.reduce(buffer, events.get(i));
      buffer = aggregator.merge(aggregator.zero(), buffer);
      assertThat(String.valueOf(result)).isEqualTo(text);
      buffer = Reductions.reduce(aggregator, events.subList(0, i + 1));
    }
  }

  @Test
  void deductibleAggregates_areThoseOfExactNumbers() {
    assertThat(all())
        .filteredOn(aggregate -> aggregate.aggregator().isDeductible())
        .extracting(Aggregate::name)
        .containsExactly("count", "count", "countIf", "sumOfLongs", "avgOfLongs", "histogram");
  }

  @ParameterizedTest
  @MethodSource("all")
  void deduction_ofAMergedBuffer_restoresTheOther(Aggregate<Reading, ?> aggregate) {
    Aggregator<Reading, Object, ?> aggregator = aggregate.aggregator();
    for (int seed = 0; seed < ROUNDS && aggregator.isDeductible(); seed++) {
      Random random = new Random(seed);
      Object left = Reductions.reduce(aggregator, events(random));
      String leftStored = Reductions.stored(aggregator, left);
      Object right = Reductions.reduce(aggregator, events(random));
      String rightStored = Reductions.stored(aggregator, right);

      Object rest = aggregator.deduct(aggregator.merge(left, right), right);

      assertThat(Reductions.stored(aggregator, rest)).as("seed %d", seed).isEqualTo(leftStored);
      assertThat(Reductions.stored(aggregator, right)).as("seed %d", seed).isEqualTo(rightStored);
    }
  }

  @Test
  void deduction_isRefusedByDefault() {
    Aggregator<Reading, Object, ?> max = Aggregates.max(Reading::x).aggregator();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> max.deduct(max.zero(), max.zero()))
        .withMessage(
            "deduct must be implemented by [io.vellamo.api.aggregate.ExtremeAggregator], whose"
                + " isDeductible returns [false]; implement both or neither");
  }

  @Test
  void orderSensitiveAggregates_areThoseOfPositions() {
    assertThat(all())
        .filteredOn(aggregate -> aggregate.aggregator().isOrderSensitive())
        .extracting(Aggregate::name)
        .containsExactly(
            "first", "firstNonNull", "last", "lastNonNull", "minBy", "maxBy", "collectList");
  }

  @Test
  void layouts_haveUniqueIds() {
    assertThat(BufferLayout.values()).extracting(BufferLayout::id).doesNotHaveDuplicates();
  }

  @Test
  void bufferType_ofAClassWithoutLayout_isItsRecord() {
    StateType<?> type = Aggregates.max(Reading::text, String.class).aggregator().bufferType();

    assertThat(type.type().getTypeName())
        .isEqualTo("io.vellamo.api.aggregate.KeptValue<java.lang.String>");
  }

  private static List<Reading> events(Random random) {
    return Stream.generate(() -> event(random))
        .limit(random.nextInt(30))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Reading event(Random random) {
    return new Reading(
        random.nextInt(5) == 0 ? null : (Double) (10 * random.nextGaussian() + 10),
        random.nextInt(5) == 0 ? null : (Double) random.nextDouble(),
        random.nextInt(5) == 0 ? null : (Long) (random.nextLong() >> (8 + random.nextInt(56))),
        random.nextInt(5) == 0 ? null : Integer.toString(random.nextInt(20), 36));
  }

  private static void assertClose(@Nullable Object found, @Nullable Object expected, int seed) {
    if (expected instanceof Double number) {
      assertThat((Double) found)
          .as("seed %d", seed)
          .isCloseTo(number, Percentage.withPercentage(1e-7));
    } else {
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
