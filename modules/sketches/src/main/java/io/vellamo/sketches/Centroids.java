package io.vellamo.sketches;

import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The centroids of a t-digest, immutable. A {@link MergingDigest} also depends on how often it was
 * compressed, which its stored forms omit: after a recovery it would go on differently. So each
 * operation here starts with a new one.
 */
final class Centroids {
  static final Centroids NONE = new Centroids(new double[0], new long[0]);

  private static final int VERBOSE = 1;
  private static final int HEADER_BYTES = 2 * Integer.BYTES + 3 * Double.BYTES;

  private final double[] means;
  private final long[] weights;
  private final long totalWeight;

  private Centroids(double[] means, long[] weights) {
    this.means = means;
    this.weights = weights;
    this.totalWeight = Arrays.stream(weights).sum();
  }

  /** Returns centroids that were stored; the arrays are not copied. */
  static Centroids of(double[] means, long[] weights) {
    return new Centroids(means, weights);
  }

  /** Returns the centroids of these and of more numbers. */
  Centroids with(double[] numbers, int size, int compression) {
    MergingDigest digest = digest(compression);
    for (int i = 0; i < size; i++) {
      digest.add(numbers[i]);
    }
    return of(digest);
  }

  /** Returns the centroids of these and others. */
  Centroids merge(Centroids others, int compression) {
    MergingDigest digest = digest(compression);
    digest.add(List.of(others.digest(compression)));
    return of(digest);
  }

  /**
   * Returns an estimate of the number at a rank.
   *
   * @param rank from 1 to {@link #totalWeight}
   */
  double at(long rank, int compression) {
    // The digest has the number of this rank in the middle of [rank - 1, rank).
    return digest(compression).quantile((rank - 0.5) / totalWeight);
  }

  /** Returns how many numbers there are. */
  long totalWeight() {
    return totalWeight;
  }

  int size() {
    return means.length;
  }

  double mean(int index) {
    return means[index];
  }

  long weight(int index) {
    return weights[index];
  }

  /** Returns a digest of these centroids; fewer if a query now has a lower compression. */
  private MergingDigest digest(int compression) {
    if (means.length <= 2 * compression) {
      return stored(compression);
    }
    MergingDigest smaller = new MergingDigest(compression);
    smaller.add(List.of(stored(means.length)));
    return smaller;
  }

  /** Goes through the stored form: centroids that are added have weights of 32 bits only. */
  private MergingDigest stored(int compression) {
    ByteBuffer form = ByteBuffer.allocate(HEADER_BYTES + 2 * Double.BYTES * means.length);
    form.putInt(VERBOSE);
    form.putDouble(means.length == 0 ? Double.POSITIVE_INFINITY : means[0]);
    form.putDouble(means.length == 0 ? Double.NEGATIVE_INFINITY : means[means.length - 1]);
    form.putDouble(compression);
    form.putInt(means.length);
    for (int i = 0; i < means.length; i++) {
      form.putDouble((double) weights[i]);
      form.putDouble(means[i]);
    }
    return MergingDigest.fromBytes(form.flip());
  }

  /** Omits the extremes of the digest: they are its first and last centroid, of weight 1. */
  private static Centroids of(MergingDigest digest) {
    ByteBuffer form = ByteBuffer.allocate(digest.byteSize());
    digest.asBytes(form);
    form.flip().position(HEADER_BYTES);
    int size = form.remaining() / (2 * Double.BYTES);
    double[] means = new double[size];
    long[] weights = new long[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (long) form.getDouble();
      means[i] = form.getDouble();
    }
    return new Centroids(means, weights);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Centroids centroids
        && Arrays.equals(means, centroids.means)
        && Arrays.equals(weights, centroids.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "Centroids[%d of %d]".formatted(means.length, totalWeight);
  }
}
