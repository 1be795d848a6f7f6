package io.vellamo.engine.epoch;

/**
 * The maximum number of events of the next epoch.
 *
 * <p>Larger epochs cost less: a group with several events in an epoch is called, and written, once.
 * But rows wait for the end of their epoch. Hence, while there is more to read than an epoch takes,
 * epochs grow until one takes half a second, and shrink if one takes more than a second. If events
 * arrive more slowly, an epoch takes the available ones, and the bound has no effect.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Passed as an argument; the result of an epoch does not depend on its size.
 */
public final class EpochSize {
  private static final long FIRST = 10_000;
  private static final long LEAST = 1_000;
  private static final long SHORT_MILLIS = 500;
  private static final long LONG_MILLIS = 1_000;

  private final boolean isFixed;
  private final long largest;
  private final int sources;
  private long most;

  private EpochSize(boolean isFixed, long first, long largest, int sources) {
    this.isFixed = isFixed;
    this.most = first;
    this.largest = largest;
    this.sources = sources;
  }

  /**
   * Returns a fixed size.
   *
   * @param most the maximum number of events
   * @param sources the number of sources that share it
   */
  public static EpochSize fixed(long most, int sources) {
    return new EpochSize(true, most, most, sources);
  }

  /**
   * Returns a size that adapts to the duration of epochs.
   *
   * @param largest the upper bound of the size
   * @param sources the number of sources that share it
   */
  public static EpochSize upTo(long largest, int sources) {
    return new EpochSize(false, Math.min(FIRST, largest), largest, sources);
  }

  /** Returns the maximum number of events of the next epoch. */
  public long most() {
    return most;
  }

  /**
   * Returns whether an epoch has at least one source's full share of events, so that there may be
   * more to read.
   *
   * @param events the epoch's events
   * @param mostThen the maximum number of events when the epoch was planned
   */
  public boolean isFull(long events, long mostThen) {
    return events >= Math.max(mostThen / sources, 1);
  }

  /**
   * Adapts the size to the duration of an epoch.
   *
   * @param events the epoch's events
   * @param mostThen the maximum number of events when the epoch was planned
   * @param tookMillis the time from its planning until its rows were at the sink
   */
  public void ran(long events, long mostThen, long tookMillis) {
    if (isFixed) {
      return;
    }
    if (tookMillis > LONG_MILLIS) {
      long inTime = (long) (events * ((double) LONG_MILLIS / tookMillis));
      most = Math.max(Math.min(most, inTime), Math.min(LEAST, largest));
    } else if (tookMillis < SHORT_MILLIS && isFull(events, mostThen)) {
      most = Math.min(Math.max(most, mostThen * 2), largest);
    }
  }
}
