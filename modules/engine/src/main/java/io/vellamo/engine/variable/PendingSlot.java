package io.vellamo.engine.variable;

import io.vellamo.engine.variable.SlotType.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a variable of a group with changes that are not acknowledged yet.
 *
 * <p><b>Threading</b> Used by one thread at a time. The iterators of maps tolerate changes; those
 * of lists see the list as it was when they were created.
 */
public abstract sealed class PendingSlot implements SlotView permits PendingList, PendingMap {
  private final int number;
  private final SlotType type;
  private final @Nullable SlotView base;

  PendingSlot(int number, SlotType type, @Nullable SlotView base) {
    this.number = number;
    this.type = type;
    this.base = base;
  }

  static PendingSlot of(int number, SlotType type, @Nullable SlotView base) {
    return type.kind() == Kind.LIST
        ? new PendingList(number, type, base)
        : new PendingMap(number, type, base);
  }

  final int number() {
    return number;
  }

  @Override
  public final SlotType type() {
    return type;
  }

  /** Returns the unchanged entries; null if there are none. */
  final @Nullable SlotView base() {
    return base;
  }

  /** Adds an entry, or replaces the one with its key. */
  public abstract void put(SlotEntry entry);

  /** Removes the entry of a key, if there is one. Not supported by lists. */
  public abstract void remove(EntryKey key);

  /** Removes the elements of a list before a number. */
  public abstract void dropUntil(long until);

  /** Removes all entries. */
  public abstract void clear();

  /** Adds the changes, in the order in which they are to be applied. */
  abstract void addChanges(List<VariableChange> changes);
}
