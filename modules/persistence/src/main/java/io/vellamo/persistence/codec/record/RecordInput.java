package io.vellamo.persistence.codec.record;

import io.vellamo.engine.group.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reader of bytes from {@link RecordOutput}; any other bytes cause an unchecked exception. */
public final class RecordInput {
  private final byte[] bytes;
  private int position;
  private int depth;

  /**
   * Creates an input.
   *
   * @param bytes the bytes
   * @param start the index of the first byte of the value
   */
  RecordInput(byte[] bytes, int start) {
    this.bytes = bytes;
    this.position = start;
  }

  /** Enters a record, list, set or map. */
  public void enter() {
    if (++depth > RecordOutput.DEEPEST) {
      throw damaged("nested too deeply");
    }
  }

  /** Leaves a record, list, set or map. */
  public void leave() {
    depth--;
  }

  /** Returns whether a value follows. */
  public boolean readPresence() {
    return readBoolean();
  }

  /** Returns a boolean. */
  public boolean readBoolean() {
    int value = bytes[position++];
    if ((value & ~1) != 0) {
      throw damaged("no boolean");
    }
    return value == 1;
  }

  /** Returns a character. */
  public char readChar() {
    return (char) in(readUnsigned(), 0, Character.MAX_VALUE);
  }

  /** Returns a whole number. */
  public byte readByte() {
    return (byte) in(readLong(), Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  /** Returns a whole number. */
  public short readShort() {
    return (short) in(readLong(), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** Returns a whole number. */
  public int readInt() {
    return (int) in(readLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Returns a whole number. */
  public long readLong() {
    return signed(readUnsigned());
  }

  /** Returns a number. */
  public float readFloat() {
    return Float.intBitsToFloat((int) readFixed(Float.BYTES));
  }

  /** Returns a number. */
  public double readDouble() {
    return Double.longBitsToDouble(readFixed(Double.BYTES));
  }

  /** Returns a text. */
  public @Nullable String readText() {
    int length = readCount();
    if (length < 0) {
      return null;
    }
    int start = position;
    position += length;
    for (int i = start; i < position; i++) {
      if (bytes[i] < 0) {
        return Utf8.text(Arrays.copyOfRange(bytes, start, position));
      }
    }
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }

  /** Returns an array. */
  public byte @Nullable [] readBytes() {
    int length = readCount();
    if (length < 0) {
      return null;
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** Returns a time. */
  public @Nullable Instant readInstant() {
    long value = readUnsigned();
    if (value == 0) {
      return null;
    }
    long marked = value - 1;
    return isInMillis(marked)
        ? Instant.ofEpochMilli(signed(marked >>> 1))
        : Instant.ofEpochSecond(signed(marked >>> 1), readUnsigned());
  }

  /** Returns a duration. */
  public @Nullable Duration readDuration() {
    long value = readUnsigned();
    if (value == 0) {
      return null;
    }
    long marked = value - 1;
    return isInMillis(marked)
        ? Duration.ofMillis(signed(marked >>> 1))
        : Duration.ofSeconds(signed(marked >>> 1), readUnsigned());
  }

  /** Returns a date. */
  public @Nullable LocalDate readDate() {
    long value = readUnsigned();
    return value == 0 ? null : LocalDate.ofEpochDay(signed(value - 1));
  }

  /** Returns a time of day. */
  public @Nullable LocalTime readTime() {
    long value = readUnsigned();
    return value == 0 ? null : LocalTime.ofNanoOfDay(value - 1);
  }

  /** Returns a date and a time of day. */
  public @Nullable LocalDateTime readDateTime() {
    LocalDate date = readDate();
    if (date == null) {
      return null;
    }
    LocalTime time = readTime();
    if (time == null) {
      throw damaged("a date without a time");
    }
    return LocalDateTime.of(date, time);
  }

  /** Returns a date and a time of day with their offset. */
  public @Nullable OffsetDateTime readOffsetDateTime() {
    LocalDateTime local = readDateTime();
    return local == null ? null : OffsetDateTime.of(local, ZoneOffset.ofTotalSeconds(readInt()));
  }

  /** Returns an identifier. */
  public @Nullable UUID readUuid() {
    return readPresence() ? new UUID(readFixed(Long.BYTES), readFixed(Long.BYTES)) : null;
  }

  /** Returns a number. */
  public @Nullable BigInteger readBigInteger() {
    byte[] value = readBytes();
    return value == null ? null : new BigInteger(value);
  }

  /** Returns a number with its scale. */
  public @Nullable BigDecimal readDecimal() {
    BigInteger unscaled = readBigInteger();
    return unscaled == null ? null : new BigDecimal(unscaled, readInt());
  }

  /** Returns a count of elements that take at least one byte each; −1 for null. */
  int readCount() {
    long count = readUnsigned() - 1;
    if (count < -1 || count > bytes.length - position) {
      throw damaged("too large a count");
    }
    return (int) count;
  }

  long readUnsigned() {
    byte first = bytes[position++];
    if (first >= 0) {
      return first;
    }
    long value = first & 0x7f;
    for (int shift = 7; shift < Long.SIZE; shift += 7) {
      byte part = bytes[position++];
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw damaged("too long a number");
  }

  /** Checks that all bytes have been read. */
  void requireEnd() {
    if (position != bytes.length) {
      throw damaged("more bytes than the value");
    }
  }

  private static boolean isInMillis(long marked) {
    return (marked & 1) == 0;
  }

  private static long signed(long zigzag) {
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  private static long in(long value, long least, long most) {
    if (value < least || value > most) {
      throw damaged("a number out of its range");
    }
    return value;
  }

  private long readFixed(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << Byte.SIZE | (bytes[position++] & 0xff);
    }
    return value;
  }

  private static IllegalArgumentException damaged(String what) {
    return new IllegalArgumentException("bytes must be those of a value, have " + what);
  }
}
