package io.vellamo.engine.variable;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a variable of a group, including those that have expired and are not removed yet.
 */
public interface SlotView {
  /** Returns the type of the variable. */
  SlotType type();

  /** Returns the entry of a key; null if there is none. Not supported by lists. */
  @Nullable SlotEntry get(EntryKey key);

  /** Returns the entries, in the order of their numbers. */
  Iterator<SlotEntry> entries();

  /** Returns the number of entries. */
  int size();

  /** Returns the number of the next entry that is added. */
  long nextNumber();

  /**
   * Returns the due time of the entry that is due first; {@link SlotEntry#NEVER} if there is none.
   */
  long firstDueMillis();

  /** Returns the entries that are due at a time, in the order of their due times. */
  List<SlotEntry> dueAt(long millis);
}
