package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A part {@code [from, until)} of a source partition.
 *
 * @param partition what is read
 * @param from the first offset, not negative
 * @param until the offset behind the last, not below {@code from}
 * @param mark by which the source recognizes the partition at {@code until}, kept with the offset;
 *     empty for a source whose partitions have lasting names
 * @param forgotten partitions that the source no longer holds, whose offsets are dropped once this
 *     range is read; usually none
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
   * Creates a range of a partition that is recognized by its name alone.
   *
   * @param partition what is read
   * @param from the first offset, not negative
   * @param until the offset behind the last, not below {@code from}
   */
  public OffsetRange(SourcePartition partition, long from, long until) {
    this(partition, from, until, "", List.of());
  }

  /**
   * Returns this range for a partition of another name.
   *
   * @param rename gives the name
   * @return the range, with the partitions that it forgets renamed as well
   */
  public OffsetRange renamed(UnaryOperator<SourcePartition> rename) {
    return new OffsetRange(
        rename.apply(partition), from, until, mark, forgotten.stream().map(rename).toList());
  }

  /**
   * Returns whether nothing lies in the range.
   *
   * @return true if {@code from} equals {@code until}
   */
  public boolean isEmpty() {
    return from == until;
  }

  /**
   * Returns the ranges of one epoch for a source whose offsets count events.
   *
   * <p>The partitions share {@code maxEvents} evenly, and what one leaves unused goes to the
   * others, so that none falls behind in event time while another runs ahead.
   *
   * @param from where the last epoch ended; a partition that is missing starts at 0
   * @param upTo where the partitions end now
   * @param maxEvents the most events of all ranges together, positive
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
