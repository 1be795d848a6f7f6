package io.vellamo.replay;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of an epoch in the query's own journal. Components are null if the journal no longer
 * holds them.
 *
 * @param epoch the epoch's number
 * @param processingTime the time at which it was planned
 * @param watermarkBefore the watermark of the epoch before; null also if there was none
 * @param watermark the watermark that it ran with, which fires timers; null also if there was none
 * @param ranges the ranges of the sources that it read; empty for an epoch without data
 * @param events the counts of its events by fate, in all shards; null also if it is not committed
 * @since 0.1
 */
public record EpochOutline(
    long epoch,
    @Nullable Instant processingTime,
    @Nullable Instant watermarkBefore,
    @Nullable Instant watermark,
    @Nullable List<SourceRange> ranges,
    @Nullable EventCounts events) {
  /** Copies the ranges. */
  public EpochOutline {
    ranges = ranges == null ? null : List.copyOf(ranges);
  }

  static EpochOutline of(long epoch, @Nullable EpochPlan plan, @Nullable EpochCommit commit) {
    EventCounts events = commit == null ? null : commit.events();
    return plan == null
        ? new EpochOutline(epoch, null, null, null, null, events)
        : new EpochOutline(
            epoch,
            Instant.ofEpochMilli(plan.times().processingTimeMillis()),
            orNull(plan.times().lateWatermark()),
            orNull(plan.times().watermark()),
            plan.ranges().stream().map(SourceRange::of).toList(),
            events);
  }

  private static @Nullable Instant orNull(Watermark watermark) {
    return watermark.isKnown() ? watermark.toInstant() : null;
  }
}
