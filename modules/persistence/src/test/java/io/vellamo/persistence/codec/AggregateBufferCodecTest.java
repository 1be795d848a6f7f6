package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.engine.group.StateCodec;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The stored buffers of the standard aggregates. Journals hold them, so they are read forever. */
final class AggregateBufferCodecTest {
  enum Level {
    LOW,
    HIGH
  }

  record Reading(String text, @Nullable Integer number, Level level, LocalDate day) {}

  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);

  private static final List<Reading> READINGS =
      List.of(
          new Reading("b", 1, Level.HIGH, MAY_1.plusDays(1)),
          new Reading("c", null, Level.LOW, MAY_1),
          new Reading("a", 2, Level.HIGH, MAY_1.plusDays(2)));

  private final RecordLayouts layouts = new RecordLayouts();

  static List<Arguments> aggregates() {
    return List.of(
        Arguments.of(
            Aggregates.max(Reading::text, String.class),
            "{exists:boolean,value:text}",
            "ee09cdbd010263"),
        Arguments.of(
            Aggregates.min(Reading::day, LocalDate.class),
            "{exists:boolean,value:date}",
            "e762b8a701bdc102"),
        Arguments.of(
            Aggregates.max(Reading::level, Level.class),
            "{exists:boolean,value:enum(LOW|HIGH)}",
            "eb51ebc00102"),
        Arguments.of(
            Aggregates.first(Reading::number, Integer.class),
            "{exists:boolean,value:int?}",
            "edf7d097010102"),
        Arguments.of(
            Aggregates.<Reading>boolAnd(reading -> reading.number() != null),
            "{exists:boolean,value:boolean?}",
            "e9663602010100"),
        Arguments.of(
            Aggregates.last(Function.identity(), Reading.class),
            "{exists:boolean,value:{text:text,number:int?,level:enum(LOW|HIGH),day:date}}",
            "ebdcf4f201010261010402c1c102"),
        Arguments.of(
            Aggregates.maxBy(Reading::text, String.class, Reading::number, Integer.class),
            "{rank:int?,value:text}",
            "ebaff93b01040261"),
        Arguments.of(
            Aggregates.collectList(Reading::text, String.class),
            "list<text>",
            "e6b356f804026202630261"),
        Arguments.of(Aggregates.collectSet(Reading::text, String.class), "", "83616261636161"),
        Arguments.of(Aggregates.<Reading>count(), "", "0103"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aggregates")
  void buffer_isWrittenAsEver_andReadBack(
      Aggregate<Reading, ?> aggregate, String layout, String bytes) {
    StateCodec<Object> codec = codec(aggregate.aggregator());
    Object buffer = reduce(aggregate.aggregator(), aggregate.aggregator().zero());

    byte[] written = codec.write(buffer);

    assertThat(HexFormat.of().formatHex(written)).isEqualTo(bytes);
    assertThat(String.join(" ", layouts.own())).isEqualTo(layout);
    assertThat(codec.write(codec.read(written))).isEqualTo(written);
    assertThat(aggregate.finish(codec.read(written))).isEqualTo(aggregate.finish(buffer));
  }

  /** A buffer is changed in place, so it must not be read as an unmodifiable collection. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("aggregates")
  void bufferThatWasRead_canBeReducedAndMerged(Aggregate<Reading, ?> aggregate) {
    Aggregator<Reading, Object, ?> aggregator = aggregate.aggregator();
    StateCodec<Object> codec = codec(aggregator);
    byte[] empty = codec.write(aggregator.zero());

    Object buffer = reduce(aggregator, codec.read(empty));
    Object merged = aggregator.merge(codec.read(empty), codec.read(codec.write(buffer)));

    assertThat(aggregate.finish(buffer))
        .isEqualTo(aggregate.finish(reduce(aggregator, aggregator.zero())));
    assertThat(aggregate.finish(merged)).isEqualTo(aggregate.finish(buffer));
  }

  @Test
  void set_thatWasRead_keepsItsOrder() {
    Aggregate<Reading, ?> texts = Aggregates.collectSet(Reading::text, String.class);
    StateCodec<Object> codec = codec(texts.aggregator());
    Object buffer = reduce(texts.aggregator(), texts.aggregator().zero());

    assertThat(texts.finish(codec.read(codec.write(buffer)))).hasToString("[b, c, a]");
  }

  private StateCodec<Object> codec(Aggregator<Reading, Object, ?> aggregator) {
    return JacksonStateCodec.of(aggregator.bufferType(), layouts);
  }

  private static Object reduce(Aggregator<Reading, Object, ?> aggregator, Object zero) {
    Object buffer = zero;
    for (Reading reading : READINGS) {
      buffer = aggregator.reduce(buffer, reading);
    }
    return buffer;
  }
}
