package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The parked groups of a snapshot in progress, in pieces. Each group is written as it is at the
 * time of its piece; the pending events of a large group may take several pieces.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class ParkedCycle {
  private final List<GroupKey> keys;
  private int next;
  private int nextEvent;

  ParkedCycle(ShardLedger ledger) {
    keys = ledger.parked().all().stream().map(ParkedEntry::key).toList();
  }

  /**
   * Returns the next piece; empty if the remaining groups are no longer parked.
   *
   * @param ledger the shard
   * @param maxSize the maximum size of a piece, unless a single event is larger
   */
  public List<ParkChange> next(ShardLedger ledger, long maxSize) {
    List<ParkChange> piece = new ArrayList<>();
    long room = maxSize;
    while (next < keys.size() && (piece.isEmpty() || room > 0)) {
      ParkedEntry group = ledger.parked().get(keys.get(next));
      if (group == null) {
        endGroup();
        continue;
      }
      if (nextEvent == 0) {
        piece.add(group.reason());
        room -= group.reason().size();
      }
      List<ParkedEvent> events = events(group, room);
      if (!events.isEmpty()) {
        ParkChange waiting = new ParkChange.Waiting(group.key(), nextEvent, events);
        piece.add(waiting);
        room -= waiting.size();
        nextEvent += events.size();
      }
      if (nextEvent >= group.events().size()) {
        endGroup();
      }
    }
    return piece;
  }

  /** Returns the group's next events that fit into {@code room}, at least one if any are left. */
  private List<ParkedEvent> events(ParkedEntry group, long room) {
    List<ParkedEvent> all = group.events();
    int from = Math.min(nextEvent, all.size());
    int to = from;
    long size = 0;
    while (to < all.size() && (to == from || size + all.get(to).size() <= room)) {
      size += all.get(to).size();
      to++;
    }
    // Copied: the journal may write the list while events are added.
    return List.copyOf(all.subList(from, to));
  }

  private void endGroup() {
    next++;
    nextEvent = 0;
  }

  /** Returns whether the last piece has been returned. */
  public boolean isDone() {
    return next == keys.size();
  }
}
