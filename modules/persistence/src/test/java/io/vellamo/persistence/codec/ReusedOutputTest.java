package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import io.vellamo.engine.group.StateCodec;
import org.junit.jupiter.api.Test;

/** Values in record form and buffers, which a thread writes one after the other to one array. */
final class ReusedOutputTest {
  private static final StateCodec<Inner> INNER =
      JacksonStateCodec.of(StateType.of(Inner.class), new RecordLayouts());
  private static final StateCodec<Outer> OUTER =
      JacksonStateCodec.of(StateType.of(Outer.class), new RecordLayouts());

  record Inner(String text) {}

  /**
   * A record that writes another one while it is being written, and fails for a negative number.
   */
  record Outer(String text, long number) {
    @Override
    public long number() {
      INNER.write(new Inner("inner " + text));
      if (number < 0) {
        throw new IllegalStateException("not below zero");
      }
      return number;
    }
  }

  @Test
  void value_mayBeWrittenWhileAnotherOneIs() {
    Outer outer = new Outer("outer", 7);

    assertThat(OUTER.read(OUTER.write(outer))).isEqualTo(outer);
  }

  @Test
  void failure_leavesNothingForTheNextValue() {
    assertThatThrownBy(() -> OUTER.write(new Outer("secret", -1)))
        .isInstanceOf(SerializationException.class);

    Outer next = new Outer("next", 1);
    assertThat(OUTER.read(OUTER.write(next))).isEqualTo(next);
  }

  @Test
  void largeValue_isFollowedByASmallOne() {
    Inner large = new Inner("x".repeat(1_000_000));
    Inner small = new Inner("y");

    assertThat(INNER.read(INNER.write(large))).isEqualTo(large);
    assertThat(INNER.write(small)).hasSizeLessThan(10);
    assertThat(INNER.read(INNER.write(small))).isEqualTo(small);
  }

  @Test
  void buffer_mayBeWrittenWhileAnotherOneIs() {
    try (BufferWriter outer = BufferWriter.open()) {
      outer.writeLong(1);
      try (BufferWriter inner = BufferWriter.open()) {
        inner.writeDouble(0.5);
        outer.writeBytes(inner.toByteArray());
      }
      outer.writeLong(-2);

      BufferReader written = new BufferReader(outer.toByteArray());
      assertThat(written.readLong()).isEqualTo(1);
      assertThat(written.readDouble()).isEqualTo(0.5);
      assertThat(written.readLong()).isEqualTo(-2);
      assertThat(written.remaining()).isZero();
    }
  }

  @Test
  void closedBuffer_leavesNothingForTheNextOne() {
    try (BufferWriter first = BufferWriter.open()) {
      first.writeBytes(new byte[100_000]);
    }
    try (BufferWriter second = BufferWriter.open()) {
      second.writeByte(7);
      assertThat(second.toByteArray()).containsExactly(7);
    }
  }
}
