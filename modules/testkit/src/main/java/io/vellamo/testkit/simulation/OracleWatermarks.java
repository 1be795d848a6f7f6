package io.vellamo.testkit.simulation;

import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.epoch.EpochPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A computation of what a query's watermark must be, from the events of each epoch. */
final class OracleWatermarks {
  /** The watermark of a stream. */
  private static final class Stream {
    private final WatermarkStrategy strategy;
    private long watermark = Long.MIN_VALUE;
    private long lastEventMillis;

    Stream(WatermarkStrategy strategy) {
      this.strategy = strategy;
    }

    boolean isIdle(long processingTime) {
      return strategy
          .idleAfter()
          .map(Duration::toMillis)
          .filter(silence -> processingTime >= lastEventMillis + silence)
          .isPresent();
    }
  }

  private final List<Stream> streams;
  private final WatermarkPolicy policy;
  private final boolean ends;
  // Of the preceding epoch.
  private long watermark = Long.MIN_VALUE;
  private long processingTime = Long.MIN_VALUE;
  // After its commit.
  private long next = Long.MIN_VALUE;

  /**
   * Creates a computation for a query that has not begun.
   *
   * @param ends whether the trigger ends the query, perhaps at the end of time
   */
  OracleWatermarks(List<WatermarkStrategy> strategies, WatermarkPolicy policy, boolean ends) {
    this.streams = strategies.stream().map(Stream::new).toList();
    this.policy = policy;
    this.ends = ends;
  }

  /** Checks the clocks of the next epoch. */
  void check(EpochPlan plan) {
    long epoch = plan.epoch();
    long now = plan.times().processingTimeMillis();
    SimulationOracle.require(
        now >= processingTime,
        "the processing time of epoch %d is not before that of the preceding one",
        epoch);
    processingTime = now;
    if (epoch == 1) {
      streams.forEach(stream -> stream.lastEventMillis = now);
    }
    SimulationOracle.require(
        plan.times().lateWatermark().millis() == watermark,
        "events are late in epoch %d before the preceding watermark",
        epoch);
    long found = plan.times().watermark().millis();
    long expected = Math.max(next, together());
    boolean isDrained = ends && found == Long.MAX_VALUE;
    boolean mayStay = plan.ranges().isEmpty() && found == watermark;
    SimulationOracle.require(
        found == expected || isDrained || mayStay,
        "the watermark of epoch %d is %d, is %d",
        epoch,
        expected,
        found);
    SimulationOracle.require(
        found >= watermark, "the watermark of epoch %d does not go back", epoch);
    watermark = found;
  }

  /**
   * Takes the event times of the epoch.
   *
   * @param times the event times of each stream
   */
  void take(List<List<Long>> times) {
    for (int i = 0; i < streams.size(); i++) {
      Stream stream = streams.get(i);
      long delay = stream.strategy.delay().toMillis();
      for (long time : times.get(i)) {
        stream.watermark = Math.max(stream.watermark, time - delay);
        stream.lastEventMillis = processingTime;
      }
    }
    next = Math.max(Math.max(next, watermark), together());
  }

  /** Returns the watermark of the streams that are not idle. */
  private long together() {
    List<Long> active = new ArrayList<>();
    for (Stream stream : streams) {
      if (!stream.isIdle(processingTime)) {
        active.add(stream.watermark);
      }
    }
    LongStream all = active.stream().mapToLong(Long::longValue);
    return (policy == WatermarkPolicy.MIN ? all.min() : all.max()).orElse(Long.MIN_VALUE);
  }
}
