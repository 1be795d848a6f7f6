package io.vellamo.api.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of stored buffers. Journals hold them, so they are read forever. */
final class StoredAggregatesTest {
  private static final Function<Double, Double> VALUE = Function.identity();
  private static final Function<Long, Long> LONG = Function.identity();

  static Stream<Arguments> golden() {
    return Stream.of(
        of(Aggregates.<Double>count(), List.of(), "0100"),
        of(Aggregates.<Double>count(), List.of(1.0, 2.0), "0102"),
        of(Aggregates.sumOfLongs(LONG), List.of(), "02000000"),
        of(Aggregates.sumOfLongs(LONG), List.of(-300L, 1L), "020200d504"),
        of(Aggregates.avgOfLongs(LONG), List.of(Long.MAX_VALUE, Long.MAX_VALUE), "02020203"),
        of(Aggregates.sum(VALUE), List.of(1e100, 1.0), "030254b249ad2594c37d3ff0000000000000"),
        of(Aggregates.avg(VALUE), List.of(), "030000000000000000000000000000000000"),
        of(Aggregates.variance(VALUE), List.of(1.0, 3.0), "040240000000000000004000000000000000"),
        of(
            Aggregates.statistics(VALUE).mean(),
            List.of(1.0, 2.0, 6.0),
            "0503"
                + "4008000000000000"
                + "402c000000000000"
                + "4032000000000000"
                + "4058800000000000"),
        of(
            Aggregates.corr(VALUE, value -> -value),
            List.of(1.0, 3.0),
            "0602"
                + "4000000000000000c000000000000000"
                + "40000000000000004000000000000000c000000000000000"),
        of(Aggregates.max(VALUE), List.of(), "0700"),
        of(Aggregates.max(VALUE), List.of(1.0, Double.NaN), "07027ff8000000000000"),
        of(Aggregates.first(value -> null, Double.class), List.of(1.0), "0701"),
        of(Aggregates.min(LONG, Long.class), List.of(-1L, 5L), "080201"),
        of(Aggregates.first(value -> null, Long.class), List.of(1L), "0801"),
        of(
            Aggregates.histogram(VALUE, 0, 10),
            List.of(-1.0, 0.0, 9.0),
            "09" + "828fa08208" + "03010200"));
  }

  private static <IN> Arguments of(Aggregate<IN, ?> aggregate, List<IN> events, String bytes) {
    return Arguments.of(aggregate, events, bytes);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("golden")
  void bytes_ofABuffer_areFixed(Aggregate<Object, ?> aggregate, List<Object> events, String bytes) {
    Aggregator<Object, Object, ?> aggregator = aggregate.aggregator();
    Object buffer = Reductions.reduce(aggregator, events);

    assertThat(Reductions.stored(aggregator, buffer)).isEqualTo(bytes);
    Object read = Reductions.read(aggregator, bytes);
    assertThat(aggregate.finish(read)).isEqualTo(aggregate.finish(buffer));
    assertThat(Reductions.stored(aggregator, read)).isEqualTo(bytes);
  }

  @Test
  void bytes_ofAnotherLayout_areRefused() {
    Aggregator<Double, Object, ?> sum = Aggregates.sum(VALUE).aggregator();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(sum, "0102"))
        .withMessage(
            "layout of a stored buffer must be [3], that of SUM_OF_DOUBLES, was [1]; keep the"
                + " aggregates of a query, or start a query of another name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(sum, ""))
        .withMessageStartingWith("layout of a stored buffer must be [3]")
        .withMessageContaining("was [none]");
  }

  @Test
  void bytes_thatAreIncompleteOrTooMany_areRefused() {
    Aggregator<Double, Object, ?> count = Aggregates.<Double>count().aggregator();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(count, "0180"))
        .withMessage(
            "stored buffer of layout COUNT must be complete, ended too early; restore it from a"
                + " backup");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(count, "010203"))
        .withMessage(
            "stored buffer of layout COUNT must end after its parts, has [1] more bytes; restore"
                + " it from a backup");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(count, "01" + "ff".repeat(10)))
        .withMessage("number in a stored buffer must end within 10 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(Aggregates.max(VALUE).aggregator(), "0703"))
        .withMessage(
            "kind of a stored value must be from 0 to 2, was [3]; restore it from a backup");
  }

  @Test
  void largestNumbers_areReadAsWritten() {
    Aggregator<Long, Object, ?> greatest = Aggregates.max(LONG, Long.class).aggregator();
    for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 63, 64, -64, -65}) {
      Object buffer = Reductions.reduce(greatest, List.of(value));

      assertThat(Reductions.read(greatest, Reductions.stored(greatest, buffer))).isEqualTo(buffer);
    }
  }

  @Test
  void histogram_storedWithOtherBounds_isRefused() {
    Aggregator<Double, Object, ?> of10 = Aggregates.histogram(VALUE, 0, 10).aggregator();
    String stored = Reductions.stored(of10, of10.zero());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.read(Aggregates.histogram(VALUE, 0, 11).aggregator(), stored))
        .withMessage(
            "bounds of a stored histogram must be those of the query, [0.0, 11.0], were others with"
                + " [3] buckets; keep the bounds, or start a query of another name");
    assertThat(Reductions.read(Aggregates.histogram(VALUE, -0.0, 10).aggregator(), stored))
        .isEqualTo(new long[3]);
  }
}
