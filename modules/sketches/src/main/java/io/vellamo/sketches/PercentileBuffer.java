package io.vellamo.sketches;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a group: sorted while they are few, then centroids of a t-digest. NaN and
 * infinities, which a digest can't hold, are counted.
 */
final class PercentileBuffer {
  static final int MAX_EXACT = 256;

  /** Numbers that wait for the next compression, whose cost they share. */
  static final int MAX_PENDING = 128;

  /** The sums of a digest overflow not far above. */
  private static final double LARGEST = 1e290;

  private static final int INITIAL_CAPACITY = 4;

  private final int compression;
  private Counts counts;

  /** Up to {@link #size}: ascending if there are no centroids, else pending in their order. */
  private double[] numbers;

  private int size;
  private @Nullable Centroids centroids;

  private PercentileBuffer(
      int compression, Counts counts, double[] numbers, @Nullable Centroids centroids) {
    this.compression = compression;
    this.counts = counts;
    this.numbers = numbers;
    this.size = numbers.length;
    this.centroids = centroids;
  }

  /** Returns the buffer of no numbers. */
  static PercentileBuffer empty(int compression) {
    return new PercentileBuffer(compression, Counts.NONE, new double[0], null);
  }

  /** Returns a buffer that was stored; the array is not copied. */
  static PercentileBuffer of(
      int compression, Counts counts, double[] numbers, @Nullable Centroids centroids) {
    return new PercentileBuffer(compression, counts, numbers, centroids);
  }

  void add(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      counts = counts.with(number);
    } else if (centroids != null) {
      addPending(number);
    } else if (size < MAX_EXACT) {
      insert(number + 0.0); // -0.0 becomes 0.0
    } else {
      toCentroids();
      addPending(number);
    }
  }

  void addAll(PercentileBuffer other) {
    counts = counts.plus(other.counts);
    if (centroids == null && other.centroids == null && size + other.size <= MAX_EXACT) {
      numbers = Arrays.copyOf(numbers, size + other.size);
      System.arraycopy(other.numbers, 0, numbers, size, other.size);
      size = numbers.length;
      Arrays.sort(numbers);
      return;
    }
    Centroids own = centroids == null ? toCentroids() : centroids;
    if (other.centroids != null) {
      centroids = own.merge(other.centroids, compression);
    }
    for (int i = 0; i < other.size; i++) {
      addPending(other.numbers[i]);
    }
  }

  /** Returns a percentile; null if there are no numbers. */
  @Nullable Double at(double percentile) {
    long finite = size + (centroids == null ? 0 : centroids.totalWeight());
    long all = finite + counts.total();
    if (all == 0) {
      return null;
    }
    long rank = Math.min(all, Math.max(1, (long) Math.ceil(percentile * all)));
    long above = rank - counts.negative();
    if (above <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (above > finite) {
      return above - finite <= counts.positive() ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    return centroids == null
        ? numbers[(int) above - 1]
        : centroids.with(numbers, size, compression).at(above, compression);
  }

  /** Returns the numbers that are not finite. */
  Counts counts() {
    return counts;
  }

  /** Returns a copy of the numbers: ascending if there are no centroids, else those pending. */
  double[] numbers() {
    return Arrays.copyOf(numbers, size);
  }

  @Nullable Centroids centroids() {
    return centroids;
  }

  private void insert(double number) {
    int found = Arrays.binarySearch(numbers, 0, size, number);
    int index = found < 0 ? -found - 1 : found;
    ensureCapacity();
    System.arraycopy(numbers, index, numbers, index + 1, size - index);
    numbers[index] = number;
    size++;
  }

  private void addPending(double number) {
    if (Math.abs(number) > LARGEST) {
      counts = counts.with(number);
      return;
    }
    ensureCapacity();
    numbers[size++] = number + 0.0;
    if (size == MAX_PENDING) {
      centroids = Objects.requireNonNull(centroids).with(numbers, size, compression);
      size = 0;
    }
  }

  private Centroids toCentroids() {
    int from = 0;
    int until = size;
    for (; from < until && numbers[from] < -LARGEST; from++) {
      counts = counts.with(numbers[from]);
    }
    for (; until > from && numbers[until - 1] > LARGEST; until--) {
      counts = counts.with(numbers[until - 1]);
    }
    double[] sorted = Arrays.copyOfRange(numbers, from, until);
    Centroids created = Centroids.NONE.with(sorted, sorted.length, compression);
    centroids = created;
    numbers = new double[0];
    size = 0;
    return created;
  }

  private void ensureCapacity() {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(INITIAL_CAPACITY, 2 * size));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PercentileBuffer buffer
        && counts.equals(buffer.counts)
        && Arrays.equals(numbers, 0, size, buffer.numbers, 0, buffer.size)
        && Objects.equals(centroids, buffer.centroids);
  }

  @Override
  public int hashCode() {
    return Objects.hash(counts, Arrays.hashCode(numbers()), centroids);
  }

  @Override
  public String toString() {
    return "PercentileBuffer[%s, %d numbers, %s]".formatted(counts, size, centroids);
  }

  /** The numbers of values that count as −∞, as ∞ and as NaN. */
  record Counts(long negative, long positive, long nan) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts with(double number) {
      if (Double.isNaN(number)) {
        return new Counts(negative, positive, nan + 1);
      }
      return number < 0
          ? new Counts(negative + 1, positive, nan)
          : new Counts(negative, positive + 1, nan);
    }

    Counts plus(Counts other) {
      return new Counts(negative + other.negative, positive + other.positive, nan + other.nan);
    }

    long total() {
      return negative + positive + nan;
    }
  }
}
