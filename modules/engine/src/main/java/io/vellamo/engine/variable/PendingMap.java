package io.vellamo.engine.variable;

import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of a map, a value, or timers, with changes that are not acknowledged yet. */
final class PendingMap extends PendingSlot {
  /**
   * A changed entry.
   *
   * @param entry the entry; null if it is removed
   * @param isAdded whether it comes after the entries of the base, as its key was not present
   */
  private record Change(@Nullable SlotEntry entry, boolean isAdded) {}

  private final Map<EntryKey, Change> changes = new LinkedHashMap<>();
  private boolean isCleared;
  private int size;
  private long nextNumber;

  PendingMap(int number, SlotType type, @Nullable SlotView base) {
    super(number, type, base);
    this.size = base == null ? 0 : base.size();
    this.nextNumber = base == null ? 0 : base.nextNumber();
  }

  private @Nullable SlotView left() {
    return isCleared ? null : base();
  }

  private @Nullable SlotEntry ofBase(EntryKey key) {
    SlotView left = left();
    return left == null ? null : left.get(key);
  }

  @Override
  public @Nullable SlotEntry get(EntryKey key) {
    Change change = changes.get(key);
    return change == null ? ofBase(key) : change.entry();
  }

  @Override
  public Iterator<SlotEntry> entries() {
    SlotView left = left();
    return new Entries(left == null ? Collections.emptyIterator() : left.entries());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long nextNumber() {
    return nextNumber;
  }

  @Override
  public long firstDueMillis() {
    SlotView left = left();
    // May be that of an entry that is changed: a time that is too early only costs a search.
    long first = left == null ? SlotEntry.NEVER : left.firstDueMillis();
    for (Change change : changes.values()) {
      if (change.entry() != null) {
        first = Math.min(first, change.entry().dueMillis());
      }
    }
    return first;
  }

  @Override
  public List<SlotEntry> dueAt(long millis) {
    SlotView left = left();
    List<SlotEntry> due = new ArrayList<>();
    if (left != null) {
      for (SlotEntry entry : left.dueAt(millis)) {
        if (!changes.containsKey(entry.key())) {
          due.add(entry);
        }
      }
    }
    for (Change change : changes.values()) {
      if (change.entry() != null && change.entry().isDueAt(millis)) {
        due.add(change.entry());
      }
    }
    due.sort(Comparator.comparingLong(SlotEntry::dueMillis).thenComparingLong(SlotEntry::number));
    return due;
  }

  /** Keeps the place and the number of a present entry. */
  @Override
  public void put(SlotEntry entry) {
    EntryKey key = entry.key();
    SlotEntry present = get(key);
    Change change = changes.get(key);
    if (present == null) {
      // At the end, even if the key is removed before.
      changes.remove(key);
      changes.put(key, new Change(entry, true));
      size++;
      nextNumber = Math.max(nextNumber, entry.number() + 1);
    } else {
      SlotEntry replacing = new SlotEntry(key, present.number(), entry.value(), entry.dueMillis());
      changes.put(key, new Change(replacing, change != null && change.isAdded()));
    }
  }

  @Override
  public void remove(EntryKey key) {
    if (get(key) != null) {
      size--;
      if (ofBase(key) == null) {
        changes.remove(key);
      } else {
        changes.put(key, new Change(null, false));
      }
    }
  }

  @Override
  public void dropUntil(long until) {
    throw new AssertionError("a map has no elements");
  }

  @Override
  public void clear() {
    changes.clear();
    isCleared = true;
    size = 0;
    nextNumber = 0;
  }

  @Override
  void addChanges(List<VariableChange> all) {
    if (isCleared && base() != null) {
      all.add(new Cleared(number()));
    }
    changes.forEach(
        (key, change) -> {
          boolean replacesRemoved = change.isAdded() && ofBase(key) != null;
          if (change.entry() == null || replacesRemoved) {
            all.add(new Removed(number(), key));
          }
          if (change.entry() != null) {
            all.add(new Put(number(), type(), change.entry()));
          }
        });
  }

  /** The entries of the base that are left, then those that are added. */
  private final class Entries implements Iterator<SlotEntry> {
    private final Iterator<SlotEntry> left;
    private @Nullable Iterator<SlotEntry> added;
    private @Nullable SlotEntry next;

    Entries(Iterator<SlotEntry> left) {
      this.left = left;
      this.next = advance();
    }

    private @Nullable SlotEntry advance() {
      while (left.hasNext()) {
        SlotEntry entry = left.next();
        Change change = changes.get(entry.key());
        if (change == null) {
          if (!isCleared) {
            return entry;
          }
        } else if (!change.isAdded() && change.entry() != null) {
          return change.entry();
        }
      }
      if (added == null) {
        added = added();
      }
      return added.hasNext() ? added.next() : null;
    }

    private Iterator<SlotEntry> added() {
      List<SlotEntry> all = new ArrayList<>();
      for (Change change : changes.values()) {
        if (change.isAdded() && change.entry() != null) {
          all.add(change.entry());
        }
      }
      return all.iterator();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public SlotEntry next() {
      SlotEntry current = next;
      if (current == null) {
        throw new NoSuchElementException("the map has no more entries");
      }
      next = advance();
      return current;
    }
  }
}
