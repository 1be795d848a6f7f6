package io.vellamo.engine.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8Test {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ascii ~\u007f", "\u0080", "ä\uffff", "x\ud83d\ude00y", "?\ufffd"})
  void text_isReadAsItWasWritten(String text) {
    assertThat(Utf8.bytes(text, "name")).isEqualTo(text.getBytes(UTF_8));
    assertThat(Utf8.text(Utf8.bytes(text, "name"))).isEqualTo(text);
    assertThat(Utf8.text(Utf8.bytes(new byte[] {1, -1}, text, "name"), 2)).isEqualTo(text);
  }

  @Test
  void textWithHalfAPair_isRefusedWithItsIndex() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> Utf8.bytes("ab\ud83d", "name"))
        .withMessage(
            "name must be well-formed text, has an unpaired surrogate at index [2] of [3]; cut text"
                + " only between code points")
        .satisfies(e -> assertThat(e.isOfValue()).isTrue());
  }

  @Test
  void bytes_thatAreNoUtf8_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Utf8.text(new byte[] {'a', (byte) 0xff}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Utf8.text(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0xbd}));
  }

  @Test
  void repairedText_hasAMarkForEachHalf() {
    assertThat(Utf8.repaired("fine \ud83d\ude00")).isEqualTo("fine \ud83d\ude00");
    assertThat(Utf8.repaired("\ude00a\ud83d\ud83d\ude00\ud83d"))
        .isEqualTo("\ufffda\ufffd\ud83d\ude00\ufffd");
  }
}
