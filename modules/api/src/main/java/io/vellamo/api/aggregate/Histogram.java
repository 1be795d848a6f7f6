package io.vellamo.api.aggregate;

import java.util.List;

/**
 * The numbers of values in consecutive buckets: those below the first bound, those of each interval
 * {@code [bound, next bound)}, and those from the last bound on.
 *
 * @param bounds in ascending order
 * @param counts one more than bounds
 * @since 0.1
 */
public record Histogram(List<Double> bounds, List<Long> counts) {
  /** Copies the lists, and checks their lengths. */
  public Histogram {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (counts.size() != bounds.size() + 1) {
      throw new IllegalArgumentException(
          "counts must be one more than the [%d] bounds, were [%d]; count the values from the last bound on, too"
              .formatted(bounds.size(), counts.size()));
    }
  }

  /**
   * Returns the number of values in all buckets.
   *
   * @return the sum of the counts
   */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
