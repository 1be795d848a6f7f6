package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A range {@code [from, until)} of offsets in a source partition.
 *
 * @param partition the partition to read
 * @param from the first offset, not negative
 * @param until the offset after the last entry, not less than {@code from}
 * @param mark a text by which the source recognizes the partition at {@code until}, stored with the
 *     offset; empty for a source whose partitions have stable names
 * @param forgotten partitions that the source no longer holds, whose offsets are discarded once
 *     this range is read; usually none
 * @since 0.1
 */
public record OffsetRange(
    SourcePartition partition,
    long from,
    long until,
    String mark,
    List<SourcePartition> forgotten) {
  public OffsetRange {
    requireNonNull(partition, "partition");
    requireNonNull(mark, "mark");
    forgotten = List.copyOf(forgotten);
    if (from < 0 || until < from) {
      throw new IllegalArgumentException(
          "range must satisfy 0 <= from <= until, was [%d, %d) of [%s]"
              .formatted(from, until, partition));
    }
  }

  /**
   * Creates a range of a partition that its name alone identifies.
   *
   * @param partition the partition to read
   * @param from the first offset, not negative
   * @param until the offset after the last entry, not less than {@code from}
   */
  public OffsetRange(SourcePartition partition, long from, long until) {
    this(partition, from, until, "", List.of());
  }

  /**
   * Returns this range with its partition renamed.
   *
   * @param rename returns the new name of a partition
   * @return the range, with the forgotten partitions renamed too
   */
  public OffsetRange renamed(UnaryOperator<SourcePartition> rename) {
    return new OffsetRange(
        rename.apply(partition), from, until, mark, forgotten.stream().map(rename).toList());
  }

  /**
   * Returns whether the range is empty.
   *
   * @return true if {@code from} equals {@code until}
   */
  public boolean isEmpty() {
    return from == until;
  }

  /**
   * Returns the ranges of one epoch for a source whose offsets count events.
   *
   * <p>The partitions share {@code maxEvents} evenly, and what one partition leaves unused goes to
   * the others. So no partition lags in event time while another runs ahead.
   *
   * @param from the end of the last epoch; a missing partition starts at 0
   * @param upTo the current ends of the partitions
   * @param maxEvents the maximum number of events in all ranges together, positive
   * @return non-empty ranges, in the order of the partitions' names
   */
  public static List<OffsetRange> share(Offsets from, Offsets upTo, long maxEvents) {
    List<OffsetRange> waiting = new ArrayList<>();
    for (Map.Entry<SourcePartition, Long> end : upTo.asMap().entrySet()) {
      long start = from.of(end.getKey()).orElse(0);
      if (start < end.getValue()) {
        waiting.add(new OffsetRange(end.getKey(), start, end.getValue()));
      }
    }
    List<OffsetRange> smallestFirst = new ArrayList<>(waiting);
    smallestFirst.sort((a, b) -> Long.compare(a.until - a.from, b.until - b.from));
    List<OffsetRange> planned = new ArrayList<>();
    long left = maxEvents;
    int partitions = smallestFirst.size();
    for (OffsetRange range : smallestFirst) {
      long evenShare = left / partitions + (left % partitions == 0 ? 0 : 1);
      long share = Math.min(range.until - range.from, evenShare);
      if (share > 0) {
        planned.add(new OffsetRange(range.partition, range.from, range.from + share));
      }
      left -= share;
      partitions--;
    }
    planned.sort((a, b) -> a.partition.compareTo(b.partition));
    return List.copyOf(planned);
  }
}
