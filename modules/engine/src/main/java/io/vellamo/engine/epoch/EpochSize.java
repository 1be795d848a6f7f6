package io.vellamo.engine.epoch;

/**
 * How many events the next epoch shall have at most.
 *
 * <p>Larger epochs cost less: a group that has several events in an epoch is called, and written,
 * once. But rows wait for the end of their epoch. So while there is more to read than an epoch
 * takes, epochs grow until one takes half a second, and shrink if one takes more than a second.
 * Where events come slower than that, an epoch gets those that have come, whatever the bound is.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Comes in as an argument; no epoch's result depends on its size.
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
   * Returns a size that stays as it is.
   *
   * @param most the most events
   * @param sources how many sources share them
   */
  public static EpochSize fixed(long most, int sources) {
    return new EpochSize(true, most, most, sources);
  }

  /**
   * Returns a size that follows the time that epochs take.
   *
   * @param largest the most it grows to
   * @param sources how many sources share it
   */
  public static EpochSize upTo(long largest, int sources) {
    return new EpochSize(false, Math.min(FIRST, largest), largest, sources);
  }

  /** Returns the most events of the next epoch. */
  public long most() {
    return most;
  }

  /**
   * Returns whether an epoch has all events that one of its sources may give, so that there may be
   * more.
   *
   * @param events the epoch's events
   * @param mostThen the most events when the epoch was planned
   */
  public boolean isFull(long events, long mostThen) {
    return events >= Math.max(mostThen / sources, 1);
  }

  /**
   * Learns how an epoch went.
   *
   * @param events the epoch's events
   * @param mostThen the most events when the epoch was planned
   * @param tookMillis the time from its plan until its rows were at the sink
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
