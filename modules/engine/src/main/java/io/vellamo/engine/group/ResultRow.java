package io.vellamo.engine.group;

import org.jspecify.annotations.Nullable;

/**
 * A change of a whole result: a row that is new or replaces an earlier one, or the removal of one.
 *
 * @param place the row's place in the result
 * @param row the row; null if the result no longer has one at this place
 * @param bytes the size of the row in serialized form; 0 if there is none
 */
public record ResultRow(Place place, @Nullable Object row, int bytes) {
  private static final int OVERHEAD = 8;

  /** Returns the approximate size of row and place in a message. */
  public long size() {
    return (long) bytes + place.group().bytes().length + OVERHEAD;
  }

  /**
   * A place in a result, which holds at most one row.
   *
   * @param group the group
   * @param number the number among the places of the group, such as the start of a window
   */
  public record Place(GroupKey group, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byGroup = group.compareTo(other.group);
      return byGroup == 0 ? Long.compare(number, other.number) : byGroup;
    }
  }
}
