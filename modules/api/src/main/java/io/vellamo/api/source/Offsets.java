package io.vellamo.api.source;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An offset for each of some source partitions: how far a source has been read, or can be.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @since 0.1
 */
public final class Offsets {
  private static final Offsets NONE = new Offsets(new TreeMap<>(), new TreeMap<>());

  private final SortedMap<SourcePartition, Long> offsets;
  private final SortedMap<SourcePartition, String> marks;

  private Offsets(
      NavigableMap<SourcePartition, Long> offsets, NavigableMap<SourcePartition, String> marks) {
    this.offsets = Collections.unmodifiableSortedMap(offsets);
    this.marks = marks;
  }

  /**
   * Returns offsets of no partition.
   *
   * @return where a query that never ran stands
   */
  public static Offsets none() {
    return NONE;
  }

  /**
   * Returns offsets.
   *
   * @param offsets the offset of each partition; copied
   * @return the offsets
   */
  public static Offsets of(Map<SourcePartition, Long> offsets) {
    return of(offsets, Map.of());
  }

  /**
   * Returns offsets with marks.
   *
   * @param offsets the offset of each partition; copied
   * @param marks by which the source recognizes partitions, see {@link OffsetRange#mark}; copied
   * @return the offsets
   */
  public static Offsets of(Map<SourcePartition, Long> offsets, Map<SourcePartition, String> marks) {
    NavigableMap<SourcePartition, String> kept = new TreeMap<>(marks);
    kept.keySet().retainAll(offsets.keySet());
    kept.values().removeIf(String::isEmpty);
    return offsets.isEmpty() ? NONE : new Offsets(new TreeMap<>(offsets), kept);
  }

  /**
   * Returns these offsets moved to the ends of ranges.
   *
   * @param ranges what has been read
   * @return offsets with each range's partition at the range's {@code until} and with its mark,
   *     without the partitions that the ranges forget
   */
  public Offsets advance(Collection<OffsetRange> ranges) {
    if (ranges.isEmpty()) {
      return this;
    }
    NavigableMap<SourcePartition, Long> moved = new TreeMap<>(offsets);
    NavigableMap<SourcePartition, String> moreMarks = new TreeMap<>(marks);
    for (OffsetRange range : ranges) {
      range.forgotten().forEach(moved::remove);
      moved.put(range.partition(), range.until());
      moreMarks.put(range.partition(), range.mark());
    }
    return of(moved, moreMarks);
  }

  /**
   * Returns the offset of a partition.
   *
   * @param partition the partition
   * @return empty if the partition is not among these
   */
  public OptionalLong of(SourcePartition partition) {
    Long offset = offsets.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /**
   * Returns by what the source recognizes a partition at its offset.
   *
   * @param partition the partition
   * @return the mark of the last range read; empty if it had none
   */
  public String mark(SourcePartition partition) {
    return marks.getOrDefault(partition, "");
  }

  /**
   * Returns all offsets.
   *
   * @return in the order of the partitions' names; can't be changed
   */
  public SortedMap<SourcePartition, Long> asMap() {
    return offsets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets that
        && offsets.equals(that.offsets)
        && marks.equals(that.marks);
  }

  @Override
  public int hashCode() {
    return 31 * offsets.hashCode() + marks.hashCode();
  }

  @Override
  public String toString() {
    return offsets.toString();
  }
}
