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
  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::dueMillis).thenComparingLong(Entry::number);

  private final TreeSet<Entry> entries = new TreeSet<>(ORDER);

  void add(Entry entry) {
    if (entry.dueMillis() != Entry.NEVER) {
      entries.add(entry);
    }
  }

  void remove(Entry entry) {
    if (entry.dueMillis() != Entry.NEVER) {
      entries.remove(entry);
    }
  }

  void clear() {
    entries.clear();
  }

  long firstMillis() {
    return entries.isEmpty() ? Entry.NEVER : entries.first().dueMillis();
  }

  /** Returns the entries that are due at a time, in order. */
  List<Entry> dueAt(long millis) {
    List<Entry> due = new ArrayList<>();
    for (Entry entry : entries) {
      if (!entry.isDueAt(millis)) {
        break;
      }
      due.add(entry);
    }
    return due;
  }
}
