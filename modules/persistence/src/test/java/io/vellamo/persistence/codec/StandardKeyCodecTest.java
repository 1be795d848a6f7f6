package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

final class StandardKeyCodecTest {
  private static final long OTHER_NAN_BITS = 0x7ff8000000000001L;

  private final StandardKeyCodec codec = new StandardKeyCodec();

  @ParameterizedTest
  @NullSource
  @MethodSource("keys")
  void key_ofStandardType_isReadAsItWasWritten(Object key) {
    assertThat(codec.read(codec.write(key))).isEqualTo(key);
  }

  static Stream<Object> keys() {
    return Stream.of(
        "",
        "user-7",
        "Väinämöinen \ud83c\udfbb",
        0,
        Integer.MIN_VALUE,
        0L,
        Long.MAX_VALUE,
        true,
        false,
        1.5,
        Double.NEGATIVE_INFINITY,
        new UUID(1, -2),
        Instant.ofEpochSecond(-5, 123_456_789),
        Instant.MAX);
  }

  /** Every journal holds these bytes: if this fails, the code is wrong, not the bytes. */
  @ParameterizedTest
  @MethodSource("layouts")
  void layout_ofPinnedKey_neverChanges(Object key, String hex) {
    assertThat(HexFormat.of().formatHex(codec.write(key).bytes())).isEqualTo(hex);
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of(null, "00"),
        Arguments.of("a\u00e4", "0161c3a4"),
        Arguments.of(258, "0200000102"),
        Arguments.of(-2L, "03fffffffffffffffe"),
        Arguments.of(true, "0401"),
        Arguments.of(false, "0400"),
        Arguments.of(1.0, "053ff0000000000000"),
        Arguments.of(new UUID(1, 2), "0600000000000000010000000000000002"),
        Arguments.of(Instant.ofEpochSecond(1, 2), "07000000000000000100000002"));
  }

  @Test
  void zeros_ofEitherSign_areOneKey() {
    assertThat(codec.write(-0.0)).isEqualTo(codec.write(0.0));
  }

  @Test
  void notANumber_ofAnyBits_isOneKey() {
    double other = Double.longBitsToDouble(OTHER_NAN_BITS);

    assertThat(codec.write(other)).isEqualTo(codec.write(Double.NaN));
    assertThat(codec.read(codec.write(other))).isEqualTo(Double.NaN);
  }

  @Test
  void keys_ofDifferentTypes_areDifferent() {
    Set<GroupKey> written = new HashSet<>();
    for (Object key : List.of("1", 1, 1L, 1.0, true)) {
      written.add(codec.write(key));
    }

    assertThat(written).hasSize(5);
    assertThat(codec.write(null)).isNotEqualTo(codec.write(""));
  }

  @Test
  void equalKeys_areWrittenAlike() {
    assertThat(codec.writesEqualKeysAlike()).isTrue();
  }

  @Test
  void key_ofAnotherClass_isRefusedWithTheRemedy() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new BigDecimal("123.45")))
        .withMessage(
            "key class must be a standard type (String, Integer, Long, Boolean, Double, UUID,"
                + " Instant), was [java.math.BigDecimal]; use groupByKey(function,"
                + " BigDecimal.class)")
        .satisfies(e -> assertThat(e.className()).isEqualTo("java.math.BigDecimal"));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(List.of("a")))
        .withMessageEndingWith(
            "; use groupByKey(function, new TypeRef<List<String>>() {}) with the type of the keys");
  }

  @Test
  void key_ofAKeyClass_isRefusedWithTheRemedy() {
    GroupKey key = JacksonKeyCodec.of(BigDecimal.class).write(BigDecimal.ONE);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(key))
        .withMessage(
            "key tag must be 0 to 7, was [16]; the journal was written with a key class, give it to"
                + " groupByKey again");
  }
}
