package io.vellamo.engine.variable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of a list, each with a number. */
final class ListSlot extends Slot {
  private final List<SlotEntry> elements = new ArrayList<>();
  private final @Nullable DueOrder due;
  private boolean isUnordered;

  ListSlot(SlotType type) {
    super(type);
    this.due = type.domain() == null ? null : new DueOrder();
  }

  @Override
  public @Nullable SlotEntry get(EntryKey key) {
    throw new AssertionError("a list has no keys");
  }

  @Override
  public Iterator<SlotEntry> entries() {
    return elements.iterator();
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public long nextNumber() {
    return elements.isEmpty() ? 0 : elements.get(elements.size() - 1).number() + 1;
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
    isUnordered |= entry.number() < nextNumber();
    elements.add(entry);
    added(entry);
    if (due != null) {
      due.add(entry);
    }
  }

  @Override
  void remove(EntryKey key) {
    throw new AssertionError("a list has no keys");
  }

  @Override
  void dropUntil(long number) {
    settle();
    List<SlotEntry> dropped = elements.subList(0, place(number));
    dropped.forEach(this::forget);
    dropped.clear();
  }

  private void forget(SlotEntry entry) {
    gone(entry);
    if (due != null) {
      due.remove(entry);
    }
  }

  @Override
  void expire(long millis) {
    settle();
    List<SlotEntry> expired = dueAt(millis);
    if (!expired.isEmpty()) {
      elements.removeIf(entry -> entry.isDueAt(millis));
      expired.forEach(this::forget);
    }
  }

  /** Returns the place of the first element whose number is not below a number. */
  private int place(long number) {
    int from = 0;
    int until = elements.size();
    while (from < until) {
      int middle = (from + until) >>> 1;
      if (elements.get(middle).number() < number) {
        from = middle + 1;
      } else {
        until = middle;
      }
    }
    return from;
  }

  /** Sorts the elements; of several with one number, the one that was put last stays. */
  @Override
  void settle() {
    if (!isUnordered) {
      return;
    }
    elements.sort(Comparator.comparingLong(SlotEntry::number));
    List<SlotEntry> last = new ArrayList<>(elements.size());
    for (SlotEntry entry : elements) {
      int end = last.size() - 1;
      if (end >= 0 && last.get(end).number() == entry.number()) {
        forget(last.set(end, entry));
      } else {
        last.add(entry);
      }
    }
    elements.clear();
    elements.addAll(last);
    if (due != null) {
      due.clear();
      elements.forEach(due::add);
    }
    isUnordered = false;
  }

  @Override
  SlotWalk walk() {
    return new SlotWalk() {
      private long next;

      @Override
      public @Nullable SlotEntry next(@Nullable Slot now) {
        if (!(now instanceof ListSlot list)) {
          return null;
        }
        int place = list.place(next);
        if (place == list.elements.size()) {
          return null;
        }
        SlotEntry entry = list.elements.get(place);
        next = entry.number() + 1;
        return entry;
      }
    };
  }
}
