package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import org.jspecify.annotations.Nullable;

/**
 * The mutable mean and central moments of values: the sums of the powers of their deviations from
 * the mean. A value is added as by Welford [1], for the third and fourth moment as by Terriberry
 * [2]; moments are merged as by Chan, Golub and LeVeque [3] and Pébay [4].
 *
 * <p>[1] B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4, 1962, https://doi.org/10.1080/00401706.1962.10490022
 *
 * <p>[2] T. B. Terriberry, "Computing higher-order moments online", 2007,
 * https://people.xiph.org/~tterribe/notes/homs.html
 *
 * <p>[3] T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", Stanford STAN-CS-79-773, 1979
 *
 * <p>[4] P. Pébay, "Formulas for robust, one-pass parallel computation of covariances and
 * arbitrary-order statistical moments", Sandia SAND2008-6212, 2008
 */
final class Moments {
  /** Returns the type of moments of which all are stored. */
  static final StateType<Moments> TYPE =
      LayoutForm.type(Moments.class, BufferLayout.MOMENTS, Moments::write, Moments::read);

  /** Returns the type of moments of which the third and fourth are neither kept nor stored. */
  static final StateType<Moments> TYPE_OF_VARIANCE =
      LayoutForm.type(
          Moments.class, BufferLayout.VARIANCE, Moments::writeVariance, Moments::readVariance);

  private long count;
  private double mean;
  private double m2;
  private double m3;
  private double m4;

  /** Adds a value to the mean and the second moment only. */
  void addToVariance(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    m2 += delta * (value - mean);
  }

  void add(double value) {
    double before = count;
    count++;
    double n = count;
    double delta = value - mean;
    double part = delta / n;
    double part2 = part * part;
    double square = delta * part * before;
    mean += part;
    m4 += square * part2 * (n * n - 3 * n + 3) + 6 * part2 * m2 - 4 * part * m3;
    m3 += square * part * (n - 2) - 3 * part * m2;
    m2 += square;
  }

  void add(Moments other) {
    if (count == 0) {
      set(other);
    } else if (other.count > 0) {
      merge(other);
    }
  }

  private void merge(Moments other) {
    double a = count;
    double b = other.count;
    double n = a + b;
    double delta = other.mean - mean;
    double part = delta / n;
    double part2 = part * part;
    double square = delta * part * a * b;
    m4 +=
        other.m4
            + square * part2 * (a * a - a * b + b * b)
            + 6 * part2 * (a * a * other.m2 + b * b * m2)
            + 4 * part * (a * other.m3 - b * m3);
    m3 += other.m3 + square * part * (a - b) + 3 * part * (a * other.m2 - b * m2);
    m2 += other.m2 + square;
    mean += part * b;
    count += other.count;
  }

  private void set(Moments other) {
    count = other.count;
    mean = other.mean;
    m2 = other.m2;
    m3 = other.m3;
    m4 = other.m4;
  }

  long count() {
    return count;
  }

  @Nullable Double mean() {
    return count == 0 ? null : (Double) mean;
  }

  @Nullable Double varPop() {
    return count == 0 ? null : (Double) (m2 / count);
  }

  @Nullable Double variance() {
    return count < 2 ? null : (Double) (m2 / (count - 1));
  }

  @Nullable Double stddevPop() {
    return count == 0 ? null : (Double) Math.sqrt(m2 / count);
  }

  @Nullable Double stddev() {
    return count < 2 ? null : (Double) Math.sqrt(m2 / (count - 1));
  }

  @Nullable Double skewness() {
    return hasNoSpread() ? null : (Double) (Math.sqrt((double) count) * m3 / (m2 * Math.sqrt(m2)));
  }

  @Nullable Double kurtosis() {
    return hasNoSpread() ? null : (Double) (count * m4 / (m2 * m2) - 3);
  }

  private boolean hasNoSpread() {
    return m2 == 0;
  }

  private void write(BufferWriter out) {
    writeVariance(out);
    out.writeDouble(m3);
    out.writeDouble(m4);
  }

  private void writeVariance(BufferWriter out) {
    out.writeCount(count);
    out.writeDouble(mean);
    out.writeDouble(m2);
  }

  private static Moments read(BufferReader in) {
    Moments moments = readVariance(in);
    moments.m3 = in.readDouble();
    moments.m4 = in.readDouble();
    return moments;
  }

  private static Moments readVariance(BufferReader in) {
    Moments moments = new Moments();
    moments.count = in.readCount();
    moments.mean = in.readDouble();
    moments.m2 = in.readDouble();
    return moments;
  }
}
