package io.vellamo.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ValueHashTest {
  private enum Color {
    /** Of a class of its own, which is not an enum's class. */
    RED {
      @Override
      public String toString() {
        return "dark";
      }
    },
    BLUE
  }

  /** Stored buffers hold these hashes: a changed value here is an error of the code. */
  static Stream<Arguments> hashes() {
    return Stream.of(
        Arguments.of("", 0xa3ba_7c8b_4653_8083L),
        Arguments.of("klikkejä \uD83D\uDE00 \uD800", 0xb1ca_6857_9191_b565L),
        Arguments.of("a".repeat(100), 0x9ced_b418_99fc_71d8L),
        Arguments.of(42L, 0x6a50_bb9e_b5a3_e44eL),
        Arguments.of(-1, 0x0858_92ce_700f_a871L),
        Arguments.of(0.5, 0x7ec1_a39d_1da4_5260L),
        Arguments.of(Double.NaN, 0xd3b1_43d7_a289_e1d9L),
        Arguments.of(true, 0xcb07_d311_c5fd_fdb9L),
        Arguments.of(false, 0xc8ae_a8f7_2f20_0e57L),
        Arguments.of(new UUID(1, 2), 0xb95e_6647_65f9_1e76L),
        Arguments.of(Instant.ofEpochSecond(1_700_000_000, 123_456_789), 0x50bf_7e1b_ab00_34f1L),
        Arguments.of(Color.RED, 0x154d_b782_e1d4_0640L),
        Arguments.of(new byte[] {1, 2, 3}, 0x120e_fe20_dff2_e101L));
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void hash_isTheSameForever(Object value, long hash) {
    assertThat(ValueHash.of(value)).isEqualTo(hash);
  }

  @Test
  void integers_areEqualByValue() {
    assertThat(Stream.of((byte) 7, (short) 7, 7, 7L).map(ValueHash::of)).containsOnly(hash(7L));
    assertThat(hash(-1)).isEqualTo(hash(-1L)).isNotEqualTo(hash(0xFFFF_FFFFL));
  }

  @Test
  void floatingPointNumbers_areEqualByValue_alsoNaNsAndZeros() {
    double otherNaN = Double.longBitsToDouble(0x7ff0_0000_0000_0001L);

    assertThat(hash(0.5f)).isEqualTo(hash(0.5));
    assertThat(hash(-0.0)).isEqualTo(hash(0.0)).isEqualTo(hash(-0.0f));
    assertThat(hash(otherNaN)).isEqualTo(hash(Double.NaN)).isEqualTo(hash(Float.NaN));
  }

  @Test
  void valuesOfDifferentKinds_areDistinct() {
    List<Object> values =
        List.of(
            1L, 1.0, true, "1", "BLUE", Color.BLUE, new UUID(0, 1), Instant.ofEpochSecond(0, 1));

    assertThat(values.stream().map(ValueHash::of)).doesNotHaveDuplicates();
  }

  @Test
  void byteArrays_areEqualByContent() {
    assertThat(hash(new byte[] {1, 2})).isEqualTo(hash(new byte[] {1, 2}));
    assertThat(hash(new byte[] {1, 2})).isNotEqualTo(hash(new byte[] {2, 1}));
  }

  @Test
  void valueOfAnotherClass_isRefused_withoutItsContent() {
    for (Object value : List.of(new BigDecimal("17"), Map.of("secret", 17), List.of(17))) {
      assertThatThrownBy(() -> ValueHash.of(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "value must be a String, Boolean, UUID, Instant, byte[], an enum, or an integer or floating-point number, was of [%s]; map it to one of these",
              value.getClass().getName());
    }
  }

  private static long hash(Object value) {
    return ValueHash.of(value);
  }
}
