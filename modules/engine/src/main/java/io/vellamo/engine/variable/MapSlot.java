package io.vellamo.engine.variable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of a map, or timers by tag. */
final class MapSlot extends Slot {
  private final Map<EntryKey, SlotEntry> entries = new LinkedHashMap<>();
  private final @Nullable DueOrder due;
  private long nextNumber;
  private boolean isUnordered;

  MapSlot(SlotType type) {
    super(type);
    this.due = type.domain() == null ? null : new DueOrder();
  }

  @Override
  public @Nullable SlotEntry get(EntryKey key) {
    return entries.get(key);
  }

  @Override
  public Iterator<SlotEntry> entries() {
    return entries.values().iterator();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public long nextNumber() {
    return nextNumber;
  }

  @Override
  public long firstDueMillis() {
    return due == null ? SlotEntry.NEVER : due.firstMillis();
  }

  @Override
  public List<SlotEntry> dueAt(long millis) {
    return due == null ? List.of() : due.dueAt(millis);
  }

  @Override
  void put(SlotEntry entry) {
    SlotEntry before = entries.put(entry.key(), entry);
    if (before != null) {
      forget(before);
      isUnordered |= before.number() != entry.number();
    } else {
      isUnordered |= entry.number() < nextNumber;
    }
    nextNumber = Math.max(nextNumber, entry.number() + 1);
    added(entry);
    if (due != null) {
      due.add(entry);
    }
  }

  @Override
  void remove(EntryKey key) {
    SlotEntry before = entries.remove(key);
    if (before != null) {
      forget(before);
    }
  }

  private void forget(SlotEntry entry) {
    gone(entry);
    if (due != null) {
      due.remove(entry);
    }
  }

  @Override
  void dropUntil(long number) {
    throw new AssertionError("a map has no elements");
  }

  @Override
  void expire(long millis) {
    dueAt(millis).forEach(entry -> remove(entry.key()));
  }

  @Override
  void settle() {
    if (isUnordered) {
      List<SlotEntry> sorted = new ArrayList<>(entries.values());
      sorted.sort(Comparator.comparingLong(SlotEntry::number));
      entries.clear();
      sorted.forEach(entry -> entries.put(entry.key(), entry));
      isUnordered = false;
    }
  }

  /** Notes the keys once: an iterator would not survive changes between two pieces. */
  @Override
  SlotWalk walk() {
    EntryKey[] keys = entries.keySet().toArray(new EntryKey[0]);
    return new SlotWalk() {
      private int next;

      @Override
      public @Nullable SlotEntry next(@Nullable Slot now) {
        while (now != null && next < keys.length) {
          SlotEntry entry = now.get(keys[next++]);
          if (entry != null) {
            return entry;
          }
        }
        return null;
      }
    };
  }
}
