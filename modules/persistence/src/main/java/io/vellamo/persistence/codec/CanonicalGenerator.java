package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * A generator that writes equal numbers in one form: −0.0 as 0.0, every NaN alike, and a {@link
 * BigDecimal} without trailing zeros, so that 1.0 and 1.00 are one key.
 */
final class CanonicalGenerator extends JsonGeneratorDelegate {
  /** Most digits of a whole number without an exponent; Spark's decimals have no more. */
  private static final int MOST_DIGITS = 38;

  CanonicalGenerator(JsonGenerator out) {
    super(out, false);
  }

  @Override
  public void writeNumber(double value) throws IOException {
    super.writeNumber(canonical(value));
  }

  @Override
  public void writeNumber(float value) throws IOException {
    super.writeNumber(canonical(value));
  }

  @Override
  public void writeNumber(BigDecimal value) throws IOException {
    super.writeNumber(canonical(value));
  }

  @Override
  public void writeArray(double[] array, int offset, int length) throws IOException {
    double[] canonical = new double[length];
    for (int i = 0; i < length; i++) {
      canonical[i] = canonical(array[offset + i]);
    }
    super.writeArray(canonical, 0, length);
  }

  static double canonical(double value) {
    return value == 0.0 ? 0.0 : Double.isNaN(value) ? Double.NaN : value;
  }

  static float canonical(float value) {
    return value == 0.0f ? 0.0f : Float.isNaN(value) ? Float.NaN : value;
  }

  static BigDecimal canonical(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int scale = stripped.scale();
    return scale < 0 && (long) stripped.precision() - scale <= MOST_DIGITS
        ? stripped.setScale(0)
        : stripped;
  }
}
