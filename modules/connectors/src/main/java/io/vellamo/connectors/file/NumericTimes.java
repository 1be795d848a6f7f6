package io.vellamo.connectors.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * The unit of numeric times in a file.
 *
 * <p>A number does not show whether it counts seconds or milliseconds, and a wrong guess yields a
 * valid time in another century. Numbers are therefore refused unless a source specifies their
 * unit.
 *
 * @since 0.1
 */
public enum NumericTimes {
  /**
   * Numbers are not accepted as times; a line with a numeric time becomes a dead letter. The
   * default.
   */
  REFUSED(0),

  /** Numbers count seconds; decimal places are fractions of a second. */
  SECONDS(0),

  /** Numbers count milliseconds. */
  MILLISECONDS(3),

  /** Numbers count microseconds. */
  MICROSECONDS(6),

  /** Numbers count nanoseconds. */
  NANOSECONDS(9);

  // No Instant or Duration has more integer digits in any unit.
  private static final int MAX_DIGITS = 40;
  private static final int MAX_SCALE = 1_000;
  private static final int NANO_DIGITS = 9;

  private final int digits;

  NumericTimes(int digits) {
    this.digits = digits;
  }

  /**
   * Returns the instant that is a number of units after 1970-01-01T00:00Z; throws if it is out of
   * range.
   */
  Instant instant(BigDecimal number) {
    BigInteger[] parts = secondsAndNanos(number);
    return Instant.ofEpochSecond(seconds(parts), parts[1].intValueExact());
  }

  /** Returns the duration of a number of units; throws if it is out of range. */
  Duration duration(BigDecimal number) {
    BigInteger[] parts = secondsAndNanos(number);
    return Duration.ofSeconds(seconds(parts), parts[1].intValueExact());
  }

  private BigInteger[] secondsAndNanos(BigDecimal number) {
    if ((long) number.precision() - number.scale() > MAX_DIGITS || number.scale() > MAX_SCALE) {
      throw new DateTimeException("number out of range");
    }
    return number
        .movePointRight(NANO_DIGITS - digits)
        .setScale(0, RoundingMode.FLOOR)
        .toBigInteger()
        .divideAndRemainder(BigInteger.TEN.pow(NANO_DIGITS));
  }

  private static long seconds(BigInteger[] parts) {
    return parts[0].longValueExact();
  }
}
