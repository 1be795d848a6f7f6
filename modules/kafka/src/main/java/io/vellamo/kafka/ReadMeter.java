package io.vellamo.kafka;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The numbers that a source reports about itself.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ReadMeter {
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder lostOffsets = new LongAdder();
  private final LongAdder offsetsWithoutRecord = new LongAdder();
  private volatile Map<String, Long> lags = Map.of();

  void read(long size, boolean isEvent) {
    records.increment();
    bytes.add(size);
    if (!isEvent) {
      deadLetters.increment();
    }
  }

  /** Counts offsets that compaction or the end of a transaction left without a record. */
  void skipped(long offsets) {
    offsetsWithoutRecord.add(offsets);
  }

  /** Counts a gap of lost records. */
  void lost(long offsets) {
    gaps.increment();
    lostOffsets.add(offsets);
  }

  /** Notes how far an epoch ends before the ends of the partitions. */
  void planned(Offsets from, List<OffsetRange> ranges, Offsets ends) {
    Offsets position = from.advance(ranges);
    Map<String, Long> behind = new HashMap<>();
    long sum = 0;
    for (Map.Entry<SourcePartition, Long> end : ends.asMap().entrySet()) {
      long at = position.of(end.getKey()).orElse(end.getValue());
      long lag = Math.max(0, end.getValue() - at);
      behind.put("lag." + end.getKey().name(), lag);
      sum += lag;
    }
    behind.put("lag", sum);
    lags = behind;
  }

  Map<String, Long> metrics() {
    Map<String, Long> all = new HashMap<>(lags);
    all.put("recordsRead", records.sum());
    all.put("bytesRead", bytes.sum());
    all.put("deadLetters", deadLetters.sum());
    all.put("gaps", gaps.sum());
    all.put("lostOffsets", lostOffsets.sum());
    all.put("offsetsWithoutRecord", offsetsWithoutRecord.sum());
    return all;
  }
}
