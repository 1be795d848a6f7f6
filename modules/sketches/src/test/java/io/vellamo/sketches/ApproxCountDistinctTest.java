package io.vellamo.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApproxCountDistinctTest {
  private static final AggregateRun<@Nullable Object, Long> DISTINCT = distinct(12);

  /** The groups of the published vectors, with Spark's results. */
  static Stream<Arguments> groups() {
    return Stream.of(
        Arguments.of("empty", List.of(), 0),
        Arguments.of("one", List.of(2.0), 1),
        Arguments.of("nulls", Collections.singletonList(null), 0),
        Arguments.of("onenull", Arrays.asList(null, 4.0), 1),
        Arguments.of("const", List.of(5.0, 5.0), 1),
        Arguments.of("two", List.of(1.0, 3.0), 2),
        Arguments.of("four", List.of(1.0, 2.0, 4.0, 8.0), 4),
        Arguments.of("nan", List.of(Double.NaN, 1.0), 2));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void result_ofTheGroupsOfSpark_isSparks(
      String name, List<@Nullable Object> values, long expected) {
    assertThat(DISTINCT.result(values)).as(name).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 100_000})
  void estimate_isWithinThreeStandardErrors(int values) {
    long estimate = DISTINCT.result(numbers(0, values));

    assertThat((double) estimate).isCloseTo(values, within(3 * 0.0122 * values));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 14, 18})
  void estimate_isWithinThreeStandardErrorsOfItsPrecision(int precision) {
    long estimate = distinct(precision).result(numbers(0, 100_000));

    double error = 0.78 / Math.sqrt(1 << precision);
    assertThat((double) estimate).isCloseTo(100_000, within(3 * error * 100_000));
  }

  @Test
  void errors_ofManyGroups_haveTheStandardErrorOfTheDocumentation() {
    double squares = 0;
    for (int group = 0; group < 200; group++) {
      long estimate = distinct(10).result(numbers(group * 10_000L, 10_000));
      squares += Math.pow(estimate / 10_000.0 - 1, 2);
    }

    assertThat(Math.sqrt(squares / 200)).isBetween(0.020, 0.028);
  }

  @Test
  void values_areCountedExactlyUpTo256_whenReduced() {
    assertThat(DISTINCT.result(numbers(0, 256))).isEqualTo(256);
    assertThat(layout(DISTINCT.reduce(numbers(0, 256)))).isEqualTo(SketchLayouts.HASHES);
    assertThat(DISTINCT.result(numbers(0, 257))).isBetween(257L, 270L);
    assertThat(layout(DISTINCT.reduce(numbers(0, 257)))).isEqualTo(SketchLayouts.SPARSE_REGISTERS);
  }

  @Test
  void values_areCountedExactlyUpTo256_whenMerged() {
    Object exact = DISTINCT.merge(buffer(0, 200), buffer(56, 200));
    Object estimated = DISTINCT.merge(buffer(0, 200), buffer(57, 200));

    assertThat(DISTINCT.aggregate().finish(exact)).isEqualTo(256);
    assertThat(layout(exact)).isEqualTo(SketchLayouts.HASHES);
    assertThat(estimated).isEqualTo(buffer(0, 257));
    assertThat(layout(estimated)).isEqualTo(SketchLayouts.SPARSE_REGISTERS);
  }

  @Test
  void estimate_isNeverLessThanTheValuesThatWereCountedExactly() {
    AggregateRun<@Nullable Object, Long> coarse = distinct(8);

    for (int group = 0; group < 100; group++) {
      assertThat(coarse.result(numbers(group * 1_000L, 257))).isGreaterThanOrEqualTo(257);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300, 3_000, 30_000})
  void bytes_dependOnTheValuesOnly_notOnOrderOrMerges(int size) {
    List<@Nullable Object> values = numbers(0, size);
    byte[] expected = DISTINCT.write(DISTINCT.reduce(values));
    List<@Nullable Object> shuffled = new ArrayList<>(values);
    shuffled.addAll(values.subList(0, size / 2));

    for (long seed = 0; seed < 10; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(DISTINCT.write(DISTINCT.reduce(shuffled))).isEqualTo(expected);
      assertThat(DISTINCT.write(DISTINCT.mergeParts(shuffled, 37, seed))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 257, 1_500, 5_000})
  void buffer_isReadAsWritten_andContinues(int size) throws Exception {
    Object buffer = buffer(0, size);

    Object copy = DISTINCT.copy(buffer);

    assertThat(copy).isEqualTo(buffer).hasSameHashCodeAs(buffer);
    assertThat(DISTINCT.reduce(copy, numbers(size, 300)))
        .isEqualTo(buffer(0, size + 300))
        .isNotEqualTo(buffer);
  }

  @Test
  void merge_leavesTheRightBufferUnchanged() {
    for (int left : List.of(0, 200, 1_000)) {
      for (int right : List.of(0, 200, 1_000)) {
        Object unchanged = buffer(5_000, right);

        Object merged = DISTINCT.merge(buffer(0, left), unchanged);
        DISTINCT.reduce(merged, numbers(50_000, 500));

        assertThat(unchanged).isEqualTo(buffer(5_000, right));
      }
    }
  }

  @Test
  void storedForm_isSmallForFewValues() {
    assertThat(DISTINCT.write(buffer(0, 0))).hasSize(1);
    assertThat(DISTINCT.write(buffer(0, 10))).hasSize(81);
    assertThat(DISTINCT.write(buffer(0, 300)).length).isLessThan(650);
    assertThat(DISTINCT.write(buffer(0, 1_000_000))).hasSize(4_097);
  }

  @Test
  void lowerPrecisionOfALaterRun_isTakenByStoredBuffers() throws Exception {
    Object stored = distinct(10).read(DISTINCT.write(buffer(0, 10_000)));

    assertThat(stored).isEqualTo(distinct(10).reduce(numbers(0, 10_000)));
  }

  @Test
  void higherPrecisionOfALaterRun_isNotTakenByStoredEstimates() throws Exception {
    AggregateRun<@Nullable Object, Long> coarse = distinct(10);
    Object stored = DISTINCT.read(coarse.write(coarse.reduce(numbers(0, 10_000))));
    Object fresh = buffer(10_000, 10_000);

    Object expected = coarse.reduce(numbers(0, 20_000));
    assertThat(DISTINCT.merge(fresh, stored)).isEqualTo(expected);
    assertThat(DISTINCT.reduce(stored, numbers(10_000, 10_000))).isEqualTo(expected);
  }

  @Test
  void result_equalsTheSizeOfASet_forFewValuesOfAnyKind() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = random.nextInt(400); i > 0; i--) {
        values.add(drawn(random));
      }

      HashSet<@Nullable Object> distinct = new HashSet<>(values);
      distinct.remove(null);
      assertThat(DISTINCT.aggregate().finish(DISTINCT.mergeParts(values, 7, seed)))
          .as("seed %d", seed)
          .isEqualTo(distinct.size());
    }
  }

  @Test
  void unknownLayout_isRefused() {
    assertThatThrownBy(() -> DISTINCT.read(new byte[] {67}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layout of a buffer of [approxCountDistinct] must be from 64 to 66, was [67]; a later version or another aggregate wrote it");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 19})
  void precision_outOfRange_isRefused(int precision) {
    assertThatThrownBy(() -> distinct(precision))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("precision must be from 8 to 18, was [%d]", precision);
  }

  private static @Nullable Object drawn(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.valueOf(random.nextInt(60));
      case 1 -> "text " + random.nextInt(60);
      case 2 -> random.nextInt(60) / 7.0;
      default -> null;
    };
  }

  private static AggregateRun<@Nullable Object, Long> distinct(int precision) {
    return new AggregateRun<>(Sketches.approxCountDistinct(value -> value, precision));
  }

  private static Object buffer(long first, int size) {
    return DISTINCT.reduce(numbers(first, size));
  }

  private static List<@Nullable Object> numbers(long first, int size) {
    return LongStream.range(first, first + size).boxed().collect(Collectors.toList());
  }

  private static byte layout(Object buffer) {
    return DISTINCT.write(buffer)[0];
  }
}
