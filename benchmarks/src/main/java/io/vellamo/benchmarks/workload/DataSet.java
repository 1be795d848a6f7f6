package io.vellamo.benchmarks.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The numbers that say what a data set holds; the same numbers give the same events anywhere.
 *
 * @param keys how many different keys are drawn from
 * @param events how many events
 * @param skew how often each key is drawn
 * @param interval how far apart in event time the events of a key are on average
 * @param seed of the random numbers
 */
public record DataSet(long keys, int events, Skew skew, Duration interval, long seed) {
  /** How many files the events are divided into, by key. */
  public static final int PARTS = 2;

  static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);
  static final long EPOCH_MILLIS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  private static final long DEFAULT_SEED = 42;

  /** Checks the numbers. */
  public DataSet {
    if (keys < 1 || keys > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "keys must be from 1 to %d, was [%d]".formatted(Integer.MAX_VALUE, keys));
    }
    if (events < 1) {
      throw new IllegalArgumentException("events must be positive, was [%d]".formatted(events));
    }
  }

  /** Returns the data set of a workload. */
  public static DataSet of(Workload workload, long keys, int events, Skew skew) {
    return new DataSet(keys, events, skew, workload.interval(), DEFAULT_SEED);
  }

  /** Returns where the data set is below a directory of data sets. */
  public Path directory(Path root) {
    return root.resolve(
        String.format(
            Locale.ROOT,
            "k%d-n%d-%s-ooo%d-iat%d-seed%d",
            keys,
            events,
            skew,
            OUT_OF_ORDER.toMillis(),
            interval.toMillis(),
            seed));
  }

  /** Returns the file of a part. */
  public Path part(Path root, int part) {
    return directory(root).resolve("part-" + part + ".bin");
  }

  /** Returns the part that a key's events are in. */
  static int partOf(long key) {
    return (int) ((Mix64.of(key) >>> 1) % PARTS);
  }
}
