package io.vellamo.testkit.simulation;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.epoch.EpochPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** A computation of what a query's watermark must be, from the events of each epoch. */
final class OracleWatermarks {
  /** The watermark of a stream. */
  private static final class Stream {
    private final WatermarkStrategy strategy;
    private long watermark = Long.MIN_VALUE;
    private long lastEventMillis;
    private final Map<String, Partition> partitions = new TreeMap<>();

    Stream(WatermarkStrategy strategy) {
      this.strategy = strategy;
    }

    void take(Map<String, List<Long>> times, long processingTime) {
      times.forEach(
          (partition, its) -> {
            for (long time : its) {
              lastEventMillis = processingTime;
              long trailing = time - strategy.delay().toMillis();
              if (strategy.isPerPartition() && !partition.isEmpty()) {
                Partition known = partitions.computeIfAbsent(partition, name -> new Partition());
                known.watermark = Math.max(known.watermark, trailing);
                known.lastEventMillis = processingTime;
              } else {
                watermark = Math.max(watermark, trailing);
              }
            }
          });
      watermark = watermark(processingTime);
    }

    long watermark(long processingTime) {
      return partitions.values().stream()
          .filter(partition -> !isIdle(partition.lastEventMillis, processingTime))
          .mapToLong(partition -> partition.watermark)
          .min()
          .stream()
          .map(slowest -> Math.max(watermark, slowest))
          .findFirst()
          .orElse(watermark);
    }

    boolean isIdle(long processingTime) {
      return isIdle(lastEventMillis, processingTime);
    }

    private boolean isIdle(long since, long processingTime) {
      return strategy
          .idleAfter()
          .map(Duration::toMillis)
          .filter(silence -> processingTime >= since + silence)
          .isPresent();
    }

    void checkSkew(EpochPlan plan) {
      long[] read =
          plan.ranges().stream()
              .map(range -> partitions.get(range.partition().name()))
              .filter(Objects::nonNull)
              .mapToLong(partition -> partition.watermark)
              .sorted()
              .toArray();
      long skew = strategy.maxPartitionSkew().map(Duration::toMillis).orElse(Long.MAX_VALUE);
      SimulationOracle.require(
          read.length == 0 || read[read.length - 1] - read[0] <= skew,
          "the partitions that epoch %d reads are not further apart than %d ms",
          plan.epoch(),
          skew);
    }
  }

  /** The watermark of a partition. */
  private static final class Partition {
    private long watermark = Long.MIN_VALUE;
    private long lastEventMillis;
  }

  private final List<Stream> streams;
  private final WatermarkPolicy policy;
  private final Trigger trigger;
  // Of the preceding epoch.
  private long watermark = Long.MIN_VALUE;
  private long processingTime = Long.MIN_VALUE;
  // After its commit.
  private long next = Long.MIN_VALUE;

  /**
   * Creates a computation for a query that has not begun.
   *
   * @param trigger the query's trigger
   */
  OracleWatermarks(List<WatermarkStrategy> strategies, WatermarkPolicy policy, Trigger trigger) {
    this.streams = strategies.stream().map(Stream::new).toList();
    this.policy = policy;
    this.trigger = trigger;
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
    // The only epoch of a run reads what there is.
    if (trigger != Trigger.once()) {
      streams.forEach(stream -> stream.checkSkew(plan));
    }
    SimulationOracle.require(
        plan.times().lateWatermark().millis() == watermark,
        "events are late in epoch %d before the preceding watermark",
        epoch);
    long found = plan.times().watermark().millis();
    long expected = Math.max(next, together());
    boolean isDrained = trigger.ends() && found == Long.MAX_VALUE;
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
   * @param times the event times of each stream, by partition; those of rows under an empty name
   */
  void take(List<Map<String, List<Long>>> times) {
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).take(times.get(i), processingTime);
    }
    next = Math.max(Math.max(next, watermark), together());
  }

  /** Returns the watermark of the streams that are not idle. */
  private long together() {
    List<Long> active = new ArrayList<>();
    for (Stream stream : streams) {
      if (!stream.isIdle(processingTime)) {
        active.add(stream.watermark(processingTime));
      }
    }
    LongStream all = active.stream().mapToLong(Long::longValue);
    return (policy == WatermarkPolicy.MIN ? all.min() : all.max()).orElse(Long.MIN_VALUE);
  }
}
