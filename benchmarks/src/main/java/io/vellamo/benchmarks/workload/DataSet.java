package io.vellamo.benchmarks.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The parameters of a data set; the same parameters give the same events on any machine.
 *
 * @param keys the number of keys to draw from
 * @param events the number of events
 * @param skew the distribution of the keys
 * @param interval the average distance in event time between the events of a key
 * @param seed of the random numbers
 */
public record DataSet(long keys, int events, Skew skew, Duration interval, long seed) {
  /** The number of files that the events are divided into, by key. */
  public static final int PARTS = 2;

  static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);
  static final long EPOCH_MILLIS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  private static final long DEFAULT_SEED = 42;

  /** Checks the parameters. */
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

  /** Returns the directory of the data set below a directory of data sets. */
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
