package io.vellamo.engine.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash table with linear probing that maps keys to the groups of a shard's events.
 *
 * <p>It compares hashes in an array, and reads a key only if its hash is equal. A {@link
 * java.util.HashMap} would read each event's key from memory and need a node per group; that took a
 * tenth of all time.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class GroupsByKey {
  private final List<GroupBatch<Object>> groups = new ArrayList<>();
  private final int[] hashOfPlace;
  // The group's number, counted from 1; 0 for a free place.
  private final int[] groupOfPlace;
  private final int mask;
  private int place;

  /** Creates a table for at most {@code most} groups. */
  GroupsByKey(int most) {
    // At least half of the places stay free, so that probe sequences are short.
    int places = Integer.highestOneBit(Math.max(most, 1)) << 2;
    hashOfPlace = new int[places];
    groupOfPlace = new int[places];
    mask = places - 1;
  }

  /** Returns the group of a key, or null if it is new. */
  @Nullable GroupBatch<Object> find(GroupKey key, int hash) {
    place = hash & mask;
    while (groupOfPlace[place] != 0) {
      if (hashOfPlace[place] == hash) {
        GroupBatch<Object> group = groups.get(groupOfPlace[place] - 1);
        if (group.key().equals(key)) {
          return group;
        }
      }
      place = (place + 1) & mask;
    }
    return null;
  }

  /** Adds the group that the preceding {@link #find} did not find. */
  void addBehindFind(GroupBatch<Object> group, int hash) {
    groups.add(group);
    hashOfPlace[place] = hash;
    groupOfPlace[place] = groups.size();
  }

  /** Returns all groups, in the order in which they were added. */
  List<GroupBatch<Object>> all() {
    return groups;
  }
}
