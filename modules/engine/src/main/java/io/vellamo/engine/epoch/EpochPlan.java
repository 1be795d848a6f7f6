package io.vellamo.engine.epoch;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;

/**
 * Everything an epoch depends on, persisted before it runs, so that a replay gives the same result.
 *
 * @param ranges the ranges it reads, in order; empty for an epoch without data
 * @param times its number and clocks
 */
public record EpochPlan(List<OffsetRange> ranges, EpochTimes times) {
  /** Copies the ranges. */
  public EpochPlan {
    ranges = List.copyOf(ranges);
  }

  /** Returns the epoch's number. */
  public long epoch() {
    return times.epoch();
  }
}
