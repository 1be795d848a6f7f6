package io.vellamo.actors;

import io.vellamo.api.query.QueryClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processing time of a run: the query's clock, except that it never goes back.
 *
 * <p>If the clock is set back by more than a second, or is that far behind the journal's last
 * processing time at a start, the query does not wait for it: processing time advances with elapsed
 * time, ahead of the clock, until the clock is set forward. So timeouts and idle streams are
 * neither early nor late. Both times are logged, and the status shows the difference.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class ProcessingClock {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessingClock.class);

  /** The largest step back for which processing time stands still until the clock catches up. */
  private static final long TOLERATED_MILLIS = 1_000;

  private final String query;
  private final QueryClock clock;
  private final Consumer<String> note;

  private long lastMillis;
  private long lastMonotonicMillis;
  private boolean isAhead;

  /**
   * Creates the processing time of a run that begins.
   *
   * @param note takes the note on the clock for the status; empty for none
   * @param recordedMillis the processing time of the last epoch; {@link Long#MIN_VALUE} if there is
   *     none
   */
  ProcessingClock(String query, QueryClock clock, Consumer<String> note, long recordedMillis) {
    this.query = query;
    this.clock = clock;
    this.note = note;
    this.lastMillis = recordedMillis;
    this.lastMonotonicMillis = clock.monotonicMillis();
  }

  /** Returns the processing time now. */
  long millis() {
    long monotonic = clock.monotonicMillis();
    long passed = Math.max(0, monotonic - lastMonotonicMillis);
    lastMonotonicMillis = monotonic;
    long wall = clock.millis();
    if (lastMillis == Long.MIN_VALUE) {
      lastMillis = wall;
      return wall;
    }
    long expected = lastMillis + passed;
    boolean wasAhead = isAhead;
    isAhead = wall < (wasAhead ? expected : expected - TOLERATED_MILLIS);
    lastMillis = isAhead ? expected : Math.max(wall, lastMillis);
    if (isAhead != wasAhead) {
      tell(wall);
    }
    return lastMillis;
  }

  /**
   * Returns the milliseconds until a moment of processing time, however distant; not positive if it
   * has passed, null if there is none.
   */
  @Nullable Long millisUntil(@Nullable Long moment) {
    if (moment == null) {
      return null;
    }
    long now = millis();
    return now < 0 && moment > Long.MAX_VALUE + now ? Long.MAX_VALUE : moment - now;
  }

  private void tell(long wall) {
    Instant shown = Instant.ofEpochMilli(wall);
    Instant processingTime = Instant.ofEpochMilli(lastMillis);
    if (!isAhead) {
      note.accept("");
      LOG.info("Query [{}]: the clock has caught up with processing time at [{}]", query, shown);
      return;
    }
    Duration ahead = Duration.between(shown, processingTime);
    note.accept("processing time is [%s] ahead of the clock".formatted(ahead));
    LOG.warn(
        "Query [{}]: the clock must not go back, it shows [{}], and processing time has been [{}]"
            + " already; it was set back, or was [{}] ahead in an earlier epoch; processing time goes"
            + " on from there as time passes, ahead of the clock; check the machine's time",
        query,
        shown,
        processingTime,
        ahead);
  }
}
