package io.vellamo.engine.epoch;

import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which the watermark of a stream follows those of its partitions.
 *
 * @param strategy the strategy of the stream
 */
record PartitionWatermarks(WatermarkStrategy strategy) {
  /** Returns the watermarks of the partitions that have had events in an epoch. */
  NavigableMap<SourcePartition, PartitionWatermark> changed(
      InputWatermark before, EpochPlan plan, SeenTimes seen) {
    long now = plan.times().processingTimeMillis();
    NavigableMap<SourcePartition, PartitionWatermark> changed = new TreeMap<>();
    for (SeenTimes.OfRange range : seen.ranges()) {
      SourcePartition partition = plan.ranges().get(range.range()).partition();
      PartitionWatermark known = before.partitions().get(partition);
      Watermark watermark = known == null ? Watermark.NONE : known.watermark();
      Long newest = range.newestMillis();
      if (newest != null) {
        watermark = watermark.advance(newest, strategy.delay().toMillis());
      }
      changed.put(partition, new PartitionWatermark(watermark, now));
    }
    return changed;
  }

  /**
   * Returns the watermark of the stream: the minimum of its partitions that are not idle, but never
   * earlier than before.
   */
  Watermark together(InputWatermark input, long nowMillis) {
    Watermark slowest = null;
    for (PartitionWatermark partition : input.partitions().values()) {
      if (!isIdle(partition, nowMillis)
          && (slowest == null || partition.watermark().compareTo(slowest) < 0)) {
        slowest = partition.watermark();
      }
    }
    return slowest == null || slowest.compareTo(input.watermark()) < 0
        ? input.watermark()
        : slowest;
  }

  boolean isIdle(PartitionWatermark partition, long nowMillis) {
    return strategy
        .idleAfter()
        .map(silence -> nowMillis - partition.lastEventMillis() >= silence.toMillis())
        .orElse(false);
  }

  /** Adds the times at which partitions become idle. */
  void addIdleTimes(InputWatermark input, Duration silence, List<Long> times) {
    for (PartitionWatermark partition : input.partitions().values()) {
      times.add(Millis.plus(partition.lastEventMillis(), silence.toMillis()));
    }
  }

  /**
   * Returns the partitions that are too far ahead of the slowest one that has input.
   *
   * @param offered what the source has to read
   */
  List<SourcePartition> paused(InputWatermark input, List<OffsetRange> offered) {
    Long skew = strategy.maxPartitionSkew().map(Duration::toMillis).orElse(null);
    if (skew == null) {
      return List.of();
    }
    Map<SourcePartition, Watermark> waiting = new TreeMap<>();
    for (OffsetRange range : offered) {
      PartitionWatermark known = input.partitions().get(range.partition());
      if (known != null) {
        waiting.put(range.partition(), known.watermark());
      }
    }
    Watermark slowest = waiting.values().stream().min(Watermark::compareTo).orElse(null);
    List<SourcePartition> paused = new ArrayList<>();
    waiting.forEach(
        (partition, watermark) -> {
          if (isAhead(watermark, slowest, skew)) {
            paused.add(partition);
          }
        });
    return paused;
  }

  private static boolean isAhead(Watermark watermark, @Nullable Watermark slowest, long skew) {
    return slowest != null
        && slowest.isKnown()
        && watermark.millis() > Millis.plus(slowest.millis(), skew);
  }
}
