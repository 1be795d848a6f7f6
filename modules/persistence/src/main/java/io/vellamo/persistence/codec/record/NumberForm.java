package io.vellamo.persistence.codec.record;

import java.math.BigDecimal;

/** The written form of numbers of which several are equal. */
public interface NumberForm {
  /** Numbers as they are. */
  NumberForm AS_GIVEN =
      new NumberForm() {
        @Override
        public float of(float value) {
          return value;
        }

        @Override
        public double of(double value) {
          return value;
        }

        @Override
        public BigDecimal of(BigDecimal value) {
          return value;
        }
      };

  /** Returns the number to write. */
  float of(float value);

  /** Returns the number to write. */
  double of(double value);

  /** Returns the number to write. */
  BigDecimal of(BigDecimal value);
}
