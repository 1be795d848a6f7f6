package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import org.jspecify.annotations.Nullable;

/**
 * The mutable means, second moments and comoment of pairs of values: the sums of the squares and of
 * the products of their deviations from the means. Pairs are added and comoments are merged as by
 * Pébay; see {@link Moments}.
 */
final class PairMoments {
  static final StateType<PairMoments> TYPE =
      LayoutForm.type(
          PairMoments.class, BufferLayout.PAIR_MOMENTS, PairMoments::write, PairMoments::read);

  private long count;
  private double meanX;
  private double meanY;
  private double m2x;
  private double m2y;
  private double comoment;

  void add(double x, double y) {
    count++;
    double deltaX = x - meanX;
    double deltaY = y - meanY;
    meanX += deltaX / count;
    meanY += deltaY / count;
    m2x += deltaX * (x - meanX);
    m2y += deltaY * (y - meanY);
    comoment += deltaX * (y - meanY);
  }

  void add(PairMoments other) {
    if (count == 0) {
      set(other);
    } else if (other.count > 0) {
      merge(other);
    }
  }

  private void merge(PairMoments other) {
    double n = (double) count + other.count;
    double share = other.count / n;
    double weight = count * share;
    double deltaX = other.meanX - meanX;
    double deltaY = other.meanY - meanY;
    meanX += deltaX * share;
    meanY += deltaY * share;
    m2x += other.m2x + deltaX * deltaX * weight;
    m2y += other.m2y + deltaY * deltaY * weight;
    comoment += other.comoment + deltaX * deltaY * weight;
    count += other.count;
  }

  private void set(PairMoments other) {
    count = other.count;
    meanX = other.meanX;
    meanY = other.meanY;
    m2x = other.m2x;
    m2y = other.m2y;
    comoment = other.comoment;
  }

  long count() {
    return count;
  }

  @Nullable Double covarPop() {
    return count == 0 ? null : (Double) (comoment / count);
  }

  @Nullable Double covarSamp() {
    return count < 2 ? null : (Double) (comoment / (count - 1));
  }

  /** Returns the correlation, which rounding alone could take beyond 1. */
  @Nullable Double corr() {
    if (m2x == 0 || m2y == 0) {
      return null;
    }
    return Math.max(-1, Math.min(1, comoment / rootOfProduct(m2x, m2y)));
  }

  /** Takes one root, which rounds less, unless the product leaves the range of precise doubles. */
  private static double rootOfProduct(double left, double right) {
    double product = left * right;
    return product >= Double.MIN_NORMAL && product <= Double.MAX_VALUE
        ? Math.sqrt(product)
        : Math.sqrt(left) * Math.sqrt(right);
  }

  private void write(BufferWriter out) {
    out.writeCount(count);
    out.writeDouble(meanX);
    out.writeDouble(meanY);
    out.writeDouble(m2x);
    out.writeDouble(m2y);
    out.writeDouble(comoment);
  }

  private static PairMoments read(BufferReader in) {
    PairMoments pairs = new PairMoments();
    pairs.count = in.readCount();
    pairs.meanX = in.readDouble();
    pairs.meanY = in.readDouble();
    pairs.m2x = in.readDouble();
    pairs.m2y = in.readDouble();
    pairs.comoment = in.readDouble();
    return pairs;
  }
}
