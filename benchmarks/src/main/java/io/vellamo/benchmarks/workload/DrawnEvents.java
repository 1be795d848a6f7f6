package io.vellamo.benchmarks.workload;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * The events of a data set in the order of {@code seq}, drawn from its seed.
 *
 * <p>The order in which the random numbers are drawn is part of the workloads' definition.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class DrawnEvents implements Iterator<Event> {
  private static final int VALUES = 1000;
  private static final int KEY_SHIFT = 24;

  private final DataSet data;
  private final SplittableRandom random;
  private final ToIntFunction<SplittableRandom> ranks;
  private int seq;

  /** Creates the iterator of a data set's events, beginning with the first. */
  public DrawnEvents(DataSet data) {
    this.data = data;
    this.random = new SplittableRandom(data.seed());
    this.ranks = data.skew().ranks((int) data.keys());
  }

  @Override
  public boolean hasNext() {
    return seq < data.events();
  }

  @Override
  public Event next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The data set has no more events");
    }
    long key = Mix64.of(ranks.applyAsInt(random) + 1L) >>> KEY_SHIFT;
    long newest = DataSet.EPOCH_MILLIS + seq * data.interval().toMillis() / data.keys();
    long time = newest - random.nextLong(DataSet.OUT_OF_ORDER.toMillis() + 1);
    return new Event(key, time, random.nextInt(VALUES), seq++);
  }
}
