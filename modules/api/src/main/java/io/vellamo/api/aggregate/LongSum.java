package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import org.jspecify.annotations.Nullable;

/** A mutable exact sum of longs, in 128 bits, and the number of its values. */
final class LongSum {
  static final StateType<LongSum> TYPE =
      LayoutForm.type(LongSum.class, BufferLayout.SUM_OF_LONGS, LongSum::write, LongSum::read);

  private static final double TWO_POW_64 = 0x1p64;

  private long count;
  private long high;
  private long low;

  void add(long value) {
    count++;
    addBits(value >> 63, value);
  }

  void add(LongSum other) {
    count += other.count;
    addBits(other.high, other.low);
  }

  void subtract(LongSum other) {
    count -= other.count;
    long before = low;
    low -= other.low;
    high -= other.high + (Long.compareUnsigned(before, other.low) < 0 ? 1 : 0);
  }

  private void addBits(long otherHigh, long otherLow) {
    low += otherLow;
    high += otherHigh + (Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0);
  }

  /** Returns the sum, which must fit in a long; null if there are no values. */
  @Nullable Long sum() {
    return count == 0 ? null : (Long) low;
  }

  /** Returns the low 64 bits, which are the sum if it fits in a long. */
  long low() {
    return low;
  }

  /** Returns the mean; null if there are no values. */
  @Nullable Double mean() {
    if (count == 0) {
      return null;
    }
    double sum = isLong() ? (double) low : high * TWO_POW_64 + unsigned(low);
    return sum / count;
  }

  private boolean isLong() {
    return high == low >> 63;
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? (double) bits : bits + TWO_POW_64;
  }

  private void write(BufferWriter out) {
    out.writeCount(count);
    out.writeLong(high - (low >> 63));
    out.writeLong(low);
  }

  private static LongSum read(BufferReader in) {
    LongSum sum = new LongSum();
    sum.count = in.readCount();
    long aboveLow = in.readLong();
    sum.low = in.readLong();
    sum.high = aboveLow + (sum.low >> 63);
    return sum;
  }
}
