package io.vellamo.sketches;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Instant;
import java.util.UUID;

/**
 * The hash of a value: Komihash 5.0 of its canonical form, with a number for its kind. Stored
 * buffers depend on every bit of it: a change needs new {@link SketchLayouts}.
 */
final class ValueHash {
  private static final long INTEGER = 1;
  private static final long FLOATING = 2;
  private static final long BOOLEAN = 3;
  private static final long UUID_KIND = 4;
  private static final long INSTANT = 5;

  private static final Hasher64 FIXED = Hashing.komihash5_0(0);
  private static final Hasher64 TEXT = Hashing.komihash5_0(6);
  private static final Hasher64 CONSTANT = Hashing.komihash5_0(7);
  private static final Hasher64 BYTES = Hashing.komihash5_0(8);

  private ValueHash() {}

  static long of(Object value) {
    if (value instanceof String text) {
      return TEXT.hashCharsToLong(text);
    }
    if (value instanceof Number number) {
      return ofNumber(number);
    }
    if (value instanceof Enum<?> constant) {
      return CONSTANT.hashCharsToLong(constant.name());
    }
    if (value instanceof UUID id) {
      return FIXED.hashLongLongLongToLong(
          UUID_KIND, id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
    if (value instanceof Instant time) {
      return FIXED.hashLongLongLongToLong(INSTANT, time.getEpochSecond(), time.getNano());
    }
    if (value instanceof Boolean flag) {
      return FIXED.hashLongLongToLong(BOOLEAN, flag ? 1 : 0);
    }
    if (value instanceof byte[] bytes) {
      return BYTES.hashBytesToLong(bytes);
    }
    throw refused(value);
  }

  private static long ofNumber(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return FIXED.hashLongLongToLong(INTEGER, number.longValue());
    }
    if (number instanceof Double || number instanceof Float) {
      // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits has one form of NaN.
      long bits = Double.doubleToLongBits(number.doubleValue() + 0.0);
      return FIXED.hashLongLongToLong(FLOATING, bits);
    }
    throw refused(number);
  }

  /** Object.hashCode would differ from run to run for most of the classes that are refused. */
  private static IllegalArgumentException refused(Object value) {
    return new IllegalArgumentException(
        "value must be a String, Boolean, UUID, Instant, byte[], an enum, or an integer or floating-point number, was of [%s]; map it to one of these"
            .formatted(value.getClass().getName()));
  }
}
