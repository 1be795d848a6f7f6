package io.vellamo.api.source;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
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
  private static final Offsets NONE = new Offsets(new TreeMap<>());

  private final SortedMap<SourcePartition, Long> offsets;

  private Offsets(SortedMap<SourcePartition, Long> offsets) {
    this.offsets = Collections.unmodifiableSortedMap(offsets);
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
    return offsets.isEmpty() ? NONE : new Offsets(new TreeMap<>(offsets));
  }

  /**
   * Returns these offsets moved to the ends of ranges.
   *
   * @param ranges what has been read
   * @return offsets with each range's partition at the range's {@code until}
   */
  public Offsets advance(Collection<OffsetRange> ranges) {
    if (ranges.isEmpty()) {
      return this;
    }
    SortedMap<SourcePartition, Long> moved = new TreeMap<>(offsets);
    for (OffsetRange range : ranges) {
      moved.put(range.partition(), range.until());
    }
    return new Offsets(moved);
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
   * Returns all offsets.
   *
   * @return in the order of the partitions' names; can't be changed
   */
  public SortedMap<SourcePartition, Long> asMap() {
    return offsets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets that && offsets.equals(that.offsets);
  }

  @Override
  public int hashCode() {
    return offsets.hashCode();
  }

  @Override
  public String toString() {
    return offsets.toString();
  }
}
