package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.Now;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The processing time of a run: the query's clock, except that it never goes back.
 *
 * <p>If the clock is set back by more than a second, or is that far behind the journal's last
 * processing time at a start, the query does not wait for it: processing time advances with elapsed
 * time, ahead of the clock, until the clock is set forward. So timeouts and idle streams are
 * neither early nor late. Observers are told at both times.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ProcessingTime {
  /** The largest step back for which processing time stands still until the clock catches up. */
  private static final long TOLERATED_MILLIS = 1_000;

  private final Consumer<QueryNews> observer;

  private long lastMillis;
  private long lastMonotonicMillis;
  private boolean isAhead;

  /**
   * Creates the processing time of a run that begins.
   *
   * @param recordedMillis the processing time of the last epoch; {@link Long#MIN_VALUE} if there is
   *     none
   */
  ProcessingTime(Consumer<QueryNews> observer, long recordedMillis, Now now) {
    this.observer = observer;
    this.lastMillis = recordedMillis;
    this.lastMonotonicMillis = now.monotonicMillis();
  }

  /** Returns the processing time. */
  long millis(Now now) {
    long passed = Math.max(0, now.monotonicMillis() - lastMonotonicMillis);
    lastMonotonicMillis = now.monotonicMillis();
    long wall = now.wallMillis();
    if (lastMillis == Long.MIN_VALUE) {
      lastMillis = wall;
      return wall;
    }
    long expected = lastMillis + passed;
    boolean wasAhead = isAhead;
    isAhead = wall < (wasAhead ? expected : expected - TOLERATED_MILLIS);
    lastMillis = isAhead ? expected : Math.max(wall, lastMillis);
    if (isAhead != wasAhead) {
      Instant shown = Instant.ofEpochMilli(wall);
      observer.accept(
          isAhead
              ? new QueryNews.ClockBehind(shown, Instant.ofEpochMilli(lastMillis))
              : new QueryNews.ClockCaughtUp(shown));
    }
    return lastMillis;
  }

  /**
   * Returns the milliseconds until a moment of processing time, however distant; not positive if it
   * has passed, null if there is none.
   */
  @Nullable Long millisUntil(@Nullable Long moment, Now now) {
    if (moment == null) {
      return null;
    }
    long here = millis(now);
    return here < 0 && moment > Long.MAX_VALUE + here ? Long.MAX_VALUE : moment - here;
  }
}
