package io.vellamo.persistence.journal;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;

/** The layout of an epoch's plan. */
public final class PlanFormat {
  private PlanFormat() {}

  /** Writes a plan. */
  public static void write(EpochPlan plan, BinaryOutput out) {
    write(plan.times(), plan.ranges(), out);
  }

  /** Writes the clocks and the ranges of a plan. */
  public static void write(EpochTimes times, List<OffsetRange> ranges, BinaryOutput out) {
    write(times, out);
    out.writeUnsigned(ranges.size());
    ranges.forEach(range -> write(range, out));
  }

  /** Writes the clocks of an epoch. */
  public static void write(EpochTimes times, BinaryOutput out) {
    out.writeUnsigned(times.epoch());
    out.writeSigned(times.processingTimeMillis());
    out.writeWatermark(times.watermark());
    out.writeWatermark(times.lateWatermark());
  }

  /** Writes a range. */
  public static void write(OffsetRange range, BinaryOutput out) {
    out.writeText(range.partition().name());
    out.writeUnsigned(range.from());
    out.writeUnsigned(range.until());
    out.writeText(range.mark());
    out.writeUnsigned(range.forgotten().size());
    range.forgotten().forEach(partition -> out.writeText(partition.name()));
  }

  /** Reads a plan. */
  public static EpochPlan read(BinaryInput in) {
    EpochTimes times = readTimes(in);
    int count = in.readCount();
    List<OffsetRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(readRange(in));
    }
    return new EpochPlan(ranges, times);
  }

  /** Reads the clocks of an epoch. */
  public static EpochTimes readTimes(BinaryInput in) {
    return new EpochTimes(
        in.readUnsigned(), in.readSigned(), in.readWatermark(), in.readWatermark());
  }

  /** Reads a range. */
  public static OffsetRange readRange(BinaryInput in) {
    SourcePartition partition = new SourcePartition(in.readText());
    long from = in.readUnsigned();
    long until = in.readUnsigned();
    String mark = in.readText();
    int count = in.readCount();
    List<SourcePartition> forgotten = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      forgotten.add(new SourcePartition(in.readText()));
    }
    return new OffsetRange(partition, from, until, mark, forgotten);
  }
}
