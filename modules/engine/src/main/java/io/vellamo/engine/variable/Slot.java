package io.vellamo.engine.variable;

/**
 * The entries of a variable of a group that a shard keeps.
 *
 * <p><b>Threading</b> Changed by one thread while no call reads it.
 */
abstract sealed class Slot implements SlotView permits ValueSlot, ListSlot, MapSlot {
  private final SlotType type;
  private long bytes;

  Slot(SlotType type) {
    this.type = type;
  }

  static Slot of(SlotType type) {
    return switch (type.kind()) {
      case VALUE -> new ValueSlot(type);
      case LIST -> new ListSlot(type);
      case MAP, TIMERS -> new MapSlot(type);
    };
  }

  @Override
  public SlotType type() {
    return type;
  }

  /** Returns the approximate size of all entries in the journal. */
  long bytes() {
    return bytes;
  }

  /** Adds an entry, or replaces the one with its key or, in a list, its number. */
  abstract void put(SlotEntry entry);

  /** Removes the entry of a key, if there is one. */
  abstract void remove(EntryKey key);

  /** Removes the elements of a list before a number. */
  abstract void dropUntil(long number);

  /** Removes the entries that have expired at a time. */
  abstract void expire(long millis);

  /** Restores the order of entries after those of a snapshot were put out of order. */
  abstract void settle();

  /** Returns the walk through the entries, for a snapshot. */
  abstract SlotWalk walk();

  final void added(SlotEntry entry) {
    bytes += entry.size();
  }

  final void gone(SlotEntry entry) {
    bytes -= entry.size();
  }
}
