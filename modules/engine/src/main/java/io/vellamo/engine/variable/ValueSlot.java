package io.vellamo.engine.variable;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entry of a single value. */
final class ValueSlot extends Slot {
  private @Nullable SlotEntry entry;

  ValueSlot(SlotType type) {
    super(type);
  }

  @Override
  public @Nullable SlotEntry get(EntryKey key) {
    return entry;
  }

  @Override
  public Iterator<SlotEntry> entries() {
    SlotEntry present = entry;
    return present == null ? Collections.emptyIterator() : List.of(present).iterator();
  }

  @Override
  public int size() {
    return entry == null ? 0 : 1;
  }

  @Override
  public long nextNumber() {
    return 0;
  }

  @Override
  public long firstDueMillis() {
    SlotEntry present = entry;
    return present == null ? SlotEntry.NEVER : present.dueMillis();
  }

  @Override
  public List<SlotEntry> dueAt(long millis) {
    SlotEntry present = entry;
    return present != null && present.isDueAt(millis) ? List.of(present) : List.of();
  }

  @Override
  void put(SlotEntry newEntry) {
    remove(newEntry.key());
    entry = newEntry;
    added(newEntry);
  }

  @Override
  void remove(EntryKey key) {
    SlotEntry present = entry;
    if (present != null) {
      gone(present);
      entry = null;
    }
  }

  @Override
  void dropUntil(long number) {
    throw new AssertionError("a value has no elements");
  }

  @Override
  void expire(long millis) {
    dueAt(millis).forEach(due -> remove(due.key()));
  }

  @Override
  void settle() {}

  @Override
  SlotWalk walk() {
    return new SlotWalk() {
      private boolean isDone;

      @Override
      public @Nullable SlotEntry next(@Nullable Slot now) {
        boolean isFirst = !isDone;
        isDone = true;
        return isFirst && now != null ? now.get(EntryKey.NONE) : null;
      }
    };
  }
}
