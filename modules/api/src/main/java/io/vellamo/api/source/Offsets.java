package io.vellamo.api.source;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map from source partitions to offsets: the position up to which a source has been read, or can
 * be.
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
   * Returns empty offsets.
   *
   * @return the position of a query that has not run yet
   */
  public static Offsets none() {
    return NONE;
  }

  /**
   * Returns the given offsets.
   *
   * @param offsets the offset of each partition; copied
   * @return the offsets
   */
  public static Offsets of(Map<SourcePartition, Long> offsets) {
    return of(offsets, Map.of());
  }

  /**
   * Returns the given offsets with marks.
   *
   * @param offsets the offset of each partition; copied
   * @param marks texts by which the source recognizes partitions, see {@link OffsetRange#mark};
   *     copied
   * @return the offsets
   */
  public static Offsets of(Map<SourcePartition, Long> offsets, Map<SourcePartition, String> marks) {
    NavigableMap<SourcePartition, String> kept = new TreeMap<>(marks);
    kept.keySet().retainAll(offsets.keySet());
    kept.values().removeIf(String::isEmpty);
    return offsets.isEmpty() ? NONE : new Offsets(new TreeMap<>(offsets), kept);
  }

  /**
   * Returns these offsets advanced to the ends of ranges.
   *
   * @param ranges the ranges that have been read
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
   * @return empty if there is no offset for the partition
   */
  public OptionalLong of(SourcePartition partition) {
    Long offset = offsets.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /**
   * Returns the mark by which the source recognizes a partition at its offset.
   *
   * @param partition the partition
   * @return the mark of the last range read; an empty text if it had none
   */
  public String mark(SourcePartition partition) {
    return marks.getOrDefault(partition, "");
  }

  /**
   * Returns all offsets.
   *
   * @return an unmodifiable map, in the order of the partitions' names
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
