package io.vellamo.persistence.codec.record;

import io.vellamo.engine.group.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value in record form: numbers in variable length (LEB128, signed ones zigzag),
 * texts and byte arrays preceded by their length plus one, where 0 is null. The form is part of
 * every journal's layout and must never change.
 *
 * <p><b>Failure</b> {@link IllegalArgumentException} for a value that the form can't carry.
 */
public final class RecordOutput implements AutoCloseable {
  private static final int LONGEST_NUMBER = 10;

  /** Less than the depth at which Jackson refuses a value, so that Jackson words the refusal. */
  static final int DEEPEST = 900;

  private static final int NANOS_OF_A_MILLI = 1_000_000;

  /** Seconds whose milliseconds fit into 61 bits. */
  private static final long MOST_SECONDS_IN_MILLIS = 1L << 50;

  /** Seconds that fit beside the two marks of a number. */
  private static final long MOST_SECONDS = 1L << 60;

  private static final int FIRST_CAPACITY = 256;

  /** A larger array is not kept for the next value. */
  private static final int LARGEST_KEPT = 64 * 1024;

  // A new array for each value took a twelfth of all allocation.
  private static final ThreadLocal<RecordOutput> OF_THREAD =
      ThreadLocal.withInitial(RecordOutput::new);

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;
  private int depth;
  // Null between two values.
  private @Nullable NumberForm numbers;

  private RecordOutput() {}

  /** Returns an empty output, which the caller must {@link #close}. */
  static RecordOutput open(NumberForm numbers) {
    RecordOutput spare = OF_THREAD.get();
    // An accessor that is called for a value may write another value.
    RecordOutput out = spare.numbers == null ? spare : new RecordOutput();
    out.numbers = numbers;
    return out;
  }

  @Override
  public void close() {
    size = 0;
    depth = 0;
    numbers = null;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[FIRST_CAPACITY];
    }
  }

  /** Enters a record, list, set or map. */
  public void enter() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("nested too deeply");
    }
  }

  /** Leaves a record, list, set or map. */
  public void leave() {
    depth--;
  }

  /** Writes and returns whether there is a value. */
  public boolean writePresence(@Nullable Object value) {
    writeByte(value == null ? 0 : 1);
    return value != null;
  }

  /** Writes a boolean. */
  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** Writes a character. */
  public void writeChar(char value) {
    writeUnsigned(value);
  }

  /** Writes a whole number of any type. */
  public void writeLong(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** Writes a number. */
  public void writeFloat(float value) {
    int bits = Float.floatToRawIntBits(numbers().of(value));
    ensure(Float.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  /** Writes a number. */
  public void writeDouble(double value) {
    writeFixed(Double.doubleToRawLongBits(numbers().of(value)));
  }

  /**
   * Writes a text.
   *
   * @throws io.vellamo.api.SerializationException if it has an unpaired surrogate
   */
  public void writeText(@Nullable String text) {
    if (text == null) {
      writeByte(0);
      return;
    }
    int length = text.length();
    int start = size;
    writeUnsigned(length + 1L);
    ensure(length);
    byte[] target = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        writeBytes(Utf8.bytes(text, "text"));
        return;
      }
      target[at + i] = (byte) c;
    }
    size = at + length;
  }

  /** Writes an array. */
  public void writeBytes(byte @Nullable [] value) {
    if (value == null) {
      writeByte(0);
      return;
    }
    writeUnsigned(value.length + 1L);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Writes a time. */
  public void writeInstant(@Nullable Instant value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeSeconds(value.getEpochSecond(), value.getNano());
    }
  }

  /** Writes a duration. */
  public void writeDuration(@Nullable Duration value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeSeconds(value.getSeconds(), value.getNano());
    }
  }

  /** Writes a date. */
  public void writeDate(@Nullable LocalDate value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeUnsigned(zigzag(value.toEpochDay()) + 1);
    }
  }

  /** Writes a time of day. */
  public void writeTime(@Nullable LocalTime value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeUnsigned(value.toNanoOfDay() + 1);
    }
  }

  /** Writes a date and a time of day. */
  public void writeDateTime(@Nullable LocalDateTime value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeDate(value.toLocalDate());
      writeTime(value.toLocalTime());
    }
  }

  /** Writes a date and a time of day with their offset. */
  public void writeOffsetDateTime(@Nullable OffsetDateTime value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeDateTime(value.toLocalDateTime());
      writeLong(value.getOffset().getTotalSeconds());
    }
  }

  /** Writes an identifier. */
  public void writeUuid(@Nullable UUID value) {
    if (value == null) {
      writeByte(0);
    } else {
      writeByte(1);
      writeFixed(value.getMostSignificantBits());
      writeFixed(value.getLeastSignificantBits());
    }
  }

  /** Writes a number. */
  public void writeBigInteger(@Nullable BigInteger value) {
    writeBytes(value == null ? null : value.toByteArray());
  }

  /** Writes a number and its scale. */
  public void writeDecimal(@Nullable BigDecimal value) {
    if (value == null) {
      writeByte(0);
    } else {
      BigDecimal written = numbers().of(value);
      writeBigInteger(written.unscaledValue());
      writeLong(written.scale());
    }
  }

  /** Writes a number that is not negative, or all 64 bits of one. */
  void writeUnsigned(long value) {
    ensure(LONGEST_NUMBER);
    byte[] target = bytes;
    int at = size;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at] = (byte) rest;
    size = at + 1;
  }

  void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Writes bytes as they are. */
  void writeFront(byte[] front) {
    ensure(front.length);
    System.arraycopy(front, 0, bytes, size, front.length);
    size += front.length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private NumberForm numbers() {
    return Objects.requireNonNull(numbers, "numbers");
  }

  /** Writes whole milliseconds as such: most times have no smaller unit. */
  private void writeSeconds(long seconds, int nanos) {
    if (nanos % NANOS_OF_A_MILLI == 0
        && seconds < MOST_SECONDS_IN_MILLIS
        && seconds > -MOST_SECONDS_IN_MILLIS) {
      writeUnsigned((zigzag(seconds * 1_000 + nanos / NANOS_OF_A_MILLI) << 1) + 1);
      return;
    }
    if (seconds >= MOST_SECONDS || seconds <= -MOST_SECONDS) {
      throw new IllegalArgumentException("too long a time");
    }
    writeUnsigned((zigzag(seconds) << 1 | 1) + 1);
    writeUnsigned(nanos);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private void writeFixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  private void ensure(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(bytes.length, 2), size + more));
    }
  }
}
