package io.vellamo.actors;

import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.pipeline.NewestEventTime;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which event moved the watermark last, and what has come since.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only; what it reports is immutable.
 */
final class WatermarkWatch {
  private final Duration delay;
  private Watermark watermark;
  private @Nullable NewestEvent heldBy;
  private long eventsSince;
  private long futureEvents;

  WatermarkWatch(long delayMillis, Watermark recovered) {
    this.delay = Duration.ofMillis(delayMillis);
    this.watermark = recovered;
  }

  void committed(RoutedEpoch epoch, EpochCommit commit) {
    NewestEventTime newest = epoch.newest();
    if (newest != null && !commit.nextWatermark().equals(watermark)) {
      OffsetRange range = epoch.plan().ranges().get(newest.range());
      heldBy =
          new NewestEvent(
              Instant.ofEpochMilli(newest.millis()),
              range.partition().name(),
              newest.offset(),
              commit.epoch(),
              Instant.ofEpochMilli(epoch.plan().times().processingTimeMillis()));
      eventsSince = 0;
    } else {
      eventsSince += epoch.events().input();
    }
    watermark = commit.nextWatermark();
    futureEvents += epoch.eventTimes().future();
  }

  WatermarkReport report() {
    return new WatermarkReport(
        watermark.isKnown() ? Optional.of(watermark.toInstant()) : Optional.empty(),
        delay,
        Optional.ofNullable(heldBy),
        eventsSince,
        futureEvents);
  }
}
