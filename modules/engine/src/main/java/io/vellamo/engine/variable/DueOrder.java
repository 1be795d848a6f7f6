package io.vellamo.engine.variable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The entries of a variable in the order of their due times, then of their numbers.
 *
 * <p><b>Cost</b> O(log n) per change.
 */
final class DueOrder {
  private static final Comparator<SlotEntry> ORDER =
      Comparator.comparingLong(SlotEntry::dueMillis).thenComparingLong(SlotEntry::number);

  private final TreeSet<SlotEntry> entries = new TreeSet<>(ORDER);

  void add(SlotEntry entry) {
    if (entry.dueMillis() != SlotEntry.NEVER) {
      entries.add(entry);
    }
  }

  void remove(SlotEntry entry) {
    if (entry.dueMillis() != SlotEntry.NEVER) {
      entries.remove(entry);
    }
  }

  void clear() {
    entries.clear();
  }

  long firstMillis() {
    return entries.isEmpty() ? SlotEntry.NEVER : entries.first().dueMillis();
  }

  /** Returns the entries that are due at a time, in order. */
  List<SlotEntry> dueAt(long millis) {
    List<SlotEntry> due = new ArrayList<>();
    for (SlotEntry entry : entries) {
      if (!entry.isDueAt(millis)) {
        break;
      }
      due.add(entry);
    }
    return due;
  }
}
