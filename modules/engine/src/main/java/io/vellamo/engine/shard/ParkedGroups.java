package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parked groups of a shard.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class ParkedGroups {
  private final Map<GroupKey, ParkedEntry> groups = new HashMap<>();
  private long events;
  private long bytes;
  private int requests;

  ParkedGroups() {}

  /**
   * Applies a change. Events of an unknown group are ignored: a later part of the snapshot contains
   * them, or the group is no longer parked.
   */
  void apply(ParkChange change) {
    GroupKey key = change.key();
    ParkedEntry known = groups.get(key);
    count(known, -1);
    if (change instanceof ParkChange.Parked parked) {
      if (known == null) {
        groups.put(key, new ParkedEntry(parked));
      } else {
        known.parkedAgain(parked);
      }
    } else if (change instanceof ParkChange.Unparked) {
      groups.remove(key);
    } else if (known != null) {
      known.add((ParkChange.Waiting) change);
    }
    count(groups.get(key), 1);
  }

  /** Records a request for a group, if it is parked. */
  void request(GroupKey key, ParkRequest request) {
    ParkedEntry known = groups.get(key);
    if (known != null) {
      count(known, -1);
      known.requested(request);
      count(known, 1);
    }
  }

  /** Returns a group, or null if it is not parked. */
  public @Nullable ParkedEntry get(GroupKey key) {
    return groups.get(key);
  }

  /** Returns all groups, in the order of their keys. */
  public List<ParkedEntry> all() {
    List<ParkedEntry> all = new ArrayList<>(groups.values());
    all.sort(Comparator.comparing(ParkedEntry::key));
    return all;
  }

  /** Returns the number of parked groups. */
  public int size() {
    return groups.size();
  }

  /** Returns the number of pending events. */
  public long events() {
    return events;
  }

  /** Returns whether there is a request for any group. */
  boolean hasRequests() {
    return requests > 0;
  }

  /** Returns the approximate size of all parked groups in the journal. */
  long bytes() {
    return bytes;
  }

  private void count(@Nullable ParkedEntry group, int sign) {
    if (group != null) {
      events += (long) sign * group.events().size();
      bytes += sign * group.size();
      requests += group.reason().request() == null ? 0 : sign;
    }
  }
}
