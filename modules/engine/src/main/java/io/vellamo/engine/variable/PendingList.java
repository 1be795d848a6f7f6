package io.vellamo.engine.variable;

import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.DroppedUntil;
import io.vellamo.engine.variable.VariableChange.Put;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The elements of a list with changes that are not acknowledged yet. */
final class PendingList extends PendingSlot {
  private static final long NOTHING = Long.MIN_VALUE;

  private final List<SlotEntry> appended = new ArrayList<>();
  private boolean isCleared;
  private long droppedUntil = NOTHING;
  private int left;

  PendingList(int number, SlotType type, @Nullable SlotView base) {
    super(number, type, base);
    this.left = base == null ? 0 : base.size();
  }

  @Override
  public SlotEntry get(EntryKey key) {
    throw new AssertionError("a list has no keys");
  }

  @Override
  public Iterator<SlotEntry> entries() {
    List<SlotEntry> later = List.copyOf(appended);
    return new Joined(leftOfBase(), later.iterator());
  }

  /** Returns the elements of the base that are left; the first ones are skipped. */
  private Iterator<SlotEntry> leftOfBase() {
    SlotView base = base();
    if (base == null || left == 0) {
      return List.<SlotEntry>of().iterator();
    }
    Iterator<SlotEntry> all = base.entries();
    for (int skipped = base.size() - left; skipped > 0; skipped--) {
      all.next();
    }
    return all;
  }

  @Override
  public int size() {
    return left + appended.size();
  }

  @Override
  public long nextNumber() {
    if (!appended.isEmpty()) {
      return appended.get(appended.size() - 1).number() + 1;
    }
    SlotView base = base();
    // An empty list is forgotten with its numbers.
    return base == null || isCleared ? 0 : base.nextNumber();
  }

  @Override
  public long firstDueMillis() {
    SlotView base = base();
    long first = base == null || left == 0 ? SlotEntry.NEVER : base.firstDueMillis();
    for (SlotEntry entry : appended) {
      first = Math.min(first, entry.dueMillis());
    }
    return first;
  }

  @Override
  public List<SlotEntry> dueAt(long millis) {
    List<SlotEntry> due = new ArrayList<>();
    entries()
        .forEachRemaining(
            entry -> {
              if (entry.isDueAt(millis)) {
                due.add(entry);
              }
            });
    due.sort(Comparator.comparingLong(SlotEntry::dueMillis));
    return due;
  }

  @Override
  public void put(SlotEntry entry) {
    appended.add(entry);
  }

  @Override
  public void remove(EntryKey key) {
    throw new AssertionError("a list has no keys");
  }

  @Override
  public void dropUntil(long until) {
    Iterator<SlotEntry> all = leftOfBase();
    while (left > 0 && all.next().number() < until) {
      left--;
    }
    appended.removeIf(entry -> entry.number() < until);
    if (!isCleared) {
      droppedUntil = Math.max(droppedUntil, until);
    }
  }

  @Override
  public void clear() {
    appended.clear();
    left = 0;
    isCleared = true;
    droppedUntil = NOTHING;
  }

  @Override
  void addChanges(List<VariableChange> changes) {
    if (base() != null) {
      if (isCleared) {
        changes.add(new Cleared(number()));
      } else if (droppedUntil != NOTHING) {
        changes.add(new DroppedUntil(number(), droppedUntil));
      }
    }
    appended.forEach(entry -> changes.add(new Put(number(), type(), entry)));
  }

  /** Two iterators, one after the other. */
  private record Joined(Iterator<SlotEntry> first, Iterator<SlotEntry> second)
      implements Iterator<SlotEntry> {
    @Override
    public boolean hasNext() {
      return first.hasNext() || second.hasNext();
    }

    @Override
    public SlotEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the list has no more elements");
      }
      return first.hasNext() ? first.next() : second.next();
    }
  }
}
