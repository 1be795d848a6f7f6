package io.vellamo.engine.observe;

import io.vellamo.api.query.WatermarkReport;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times since which a run is busy, and since which its watermark stands although events arrive.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Elapsed time, as an argument.
 */
final class HealthClock {
  private boolean isOpening = true;
  // Null while the query waits for input or for its trigger.
  private @Nullable Long busySinceMillis;
  private Optional<Instant> watermark = Optional.empty();
  // Null if the watermark has moved with the last events.
  private @Nullable Long heldSinceMillis;
  private long lastEventsMillis;

  /** Creates the times of a run that begins to open. */
  HealthClock(long nowMillis) {
    this.busySinceMillis = nowMillis;
  }

  /** Takes news, in order. */
  void take(QueryNews news, long nowMillis) {
    if (news instanceof QueryNews.Status status) {
      status(status.isTriggerActive(), nowMillis);
    } else if (news instanceof QueryNews.Idle) {
      isOpening = false;
      busySinceMillis = null;
    } else if (news instanceof QueryNews.Progress report) {
      if (busySinceMillis != null) {
        busySinceMillis = nowMillis;
      }
      if (report.progress().eventTime().max().isPresent()) {
        lastEventsMillis = nowMillis;
        heldSinceMillis = heldSinceMillis == null ? Long.valueOf(nowMillis) : heldSinceMillis;
      }
    } else if (news instanceof QueryNews.WatermarkMoved moved) {
      moved(moved.report());
    }
  }

  private void status(boolean isActive, long nowMillis) {
    if (!isActive) {
      busySinceMillis = isOpening ? busySinceMillis : null;
    } else if (isOpening || busySinceMillis == null) {
      isOpening = false;
      busySinceMillis = nowMillis;
    }
  }

  private void moved(WatermarkReport report) {
    if (!report.watermark().equals(watermark)) {
      watermark = report.watermark();
      heldSinceMillis = null;
    }
  }

  /** Returns how long the query has been busy since the last commit; null if it waits. */
  @Nullable Duration busyFor(long nowMillis) {
    Long since = busySinceMillis;
    return since == null ? null : Duration.ofMillis(nowMillis - since);
  }

  /**
   * Returns how long the watermark has stood since events arrived; null if none have arrived for
   * the given time.
   */
  @Nullable Duration heldFor(long nowMillis, Duration recent) {
    Long since = heldSinceMillis;
    return since == null || nowMillis - lastEventsMillis >= recent.toMillis()
        ? null
        : Duration.ofMillis(nowMillis - since);
  }
}
