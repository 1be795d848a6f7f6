package io.vellamo.engine.variable;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entry of a single value. */
final class ValueSlot extends Slot {
  private @Nullable Entry entry;

  ValueSlot(SlotType type) {
    super(type);
  }

  @Override
  public @Nullable Entry get(EntryKey key) {
    return entry;
  }

  @Override
  public Iterator<Entry> entries() {
    Entry present = entry;
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
    Entry present = entry;
    return present == null ? Entry.NEVER : present.dueMillis();
  }

  @Override
  public List<Entry> dueAt(long millis) {
    Entry present = entry;
    return present != null && present.isDueAt(millis) ? List.of(present) : List.of();
  }

  @Override
  void put(Entry newEntry) {
    remove(newEntry.key());
    entry = newEntry;
    added(newEntry);
  }

  @Override
  void remove(EntryKey key) {
    Entry present = entry;
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
      public @Nullable Entry next(@Nullable Slot now) {
        boolean isFirst = !isDone;
        isDone = true;
        return isFirst && now != null ? now.get(EntryKey.NONE) : null;
      }
    };
  }
}
