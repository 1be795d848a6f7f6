package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The parked groups of a snapshot on its way, piece by piece, each as it is by then; what waits of
 * a large one may take several pieces.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class ParkedCycle {
  private final List<GroupKey> keys;
  private int next;
  private int nextEvent;

  ParkedCycle(ShardLedger ledger) {
    keys = ledger.parked().all().stream().map(ParkedGroup::key).toList();
  }

  /**
   * Returns the next piece; empty if the rest is parked no more.
   *
   * @param ledger the shard
   * @param maxSize the most of a piece, as far as single events allow
   */
  public List<ParkChange> next(ShardLedger ledger, long maxSize) {
    List<ParkChange> piece = new ArrayList<>();
    long room = maxSize;
    while (next < keys.size() && (piece.isEmpty() || room > 0)) {
      ParkedGroup group = ledger.parked().get(keys.get(next));
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

  /** Returns the events that there is room for, at least one if there are any. */
  private List<ParkedEvent> events(ParkedGroup group, long room) {
    List<ParkedEvent> all = group.events();
    int from = Math.min(nextEvent, all.size());
    int to = from;
    long size = 0;
    while (to < all.size() && (to == from || size + all.get(to).size() <= room)) {
      size += all.get(to).size();
      to++;
    }
    // Copied, as the journal may write it while more events come.
    return List.copyOf(all.subList(from, to));
  }

  private void endGroup() {
    next++;
    nextEvent = 0;
  }

  /** Returns whether the last piece has been given out. */
  public boolean isDone() {
    return next == keys.size();
  }
}
