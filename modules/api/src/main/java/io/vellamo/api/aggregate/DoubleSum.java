package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import org.jspecify.annotations.Nullable;

/**
 * A mutable sum of doubles, compensated for the rounding of each addition [1], and the number of
 * its values.
 *
 * <p>[1] A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
 * ZAMM 54, 1974, https://doi.org/10.1002/zamm.19740540106
 */
final class DoubleSum {
  static final StateType<DoubleSum> TYPE =
      LayoutForm.type(
          DoubleSum.class, BufferLayout.SUM_OF_DOUBLES, DoubleSum::write, DoubleSum::read);

  private long count;
  private double sum;
  private double compensation;

  void add(double value) {
    count++;
    addTerm(value);
  }

  void add(DoubleSum other) {
    count += other.count;
    addTerm(other.sum);
    compensation += other.compensation;
  }

  private void addTerm(double value) {
    double next = sum + value;
    if (Math.abs(sum) >= Math.abs(value)) {
      compensation += (sum - next) + value;
    } else {
      compensation += (value - next) + sum;
    }
    sum = next;
  }

  /** Returns the sum; null if there are no values. */
  @Nullable Double sum() {
    return count == 0 ? null : (Double) total();
  }

  /** Returns the mean; null if there are no values. */
  @Nullable Double mean() {
    return count == 0 ? null : (Double) (total() / count);
  }

  /** The compensation of an infinite sum is NaN. */
  private double total() {
    return Double.isFinite(sum) ? sum + compensation : sum;
  }

  private void write(BufferWriter out) {
    out.writeCount(count);
    out.writeDouble(sum);
    out.writeDouble(compensation);
  }

  private static DoubleSum read(BufferReader in) {
    DoubleSum read = new DoubleSum();
    read.count = in.readCount();
    read.sum = in.readDouble();
    read.compensation = in.readDouble();
    return read;
  }
}
