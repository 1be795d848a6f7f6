package io.vellamo.engine.variable;

import java.util.Arrays;

/**
 * An entry of a variable: a single value, an element of a list, an entry of a map, or a timer.
 *
 * @param key its key; {@link EntryKey#NONE} for single values, list elements and the timer without
 *     a tag
 * @param number its place in the order of the variable's entries, which it keeps as long as it
 *     exists
 * @param value its serialized value, which must not be changed; empty for a timer
 * @param dueMillis the time at which it expires or, as a timer, fires; {@link #NEVER} for none
 */
@SuppressWarnings("ArrayRecordComponent") // equals compares the contents
public record SlotEntry(EntryKey key, long number, byte[] value, long dueMillis) {
  /** The due time of entries that never expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Bytes for type, variable, lengths and number, and for the due time. */
  private static final int OVERHEAD = 8;

  private static final int DUE_TIME = 8;

  /** Returns whether the due time has been reached at a time of its clock. */
  public boolean isDueAt(long millis) {
    return dueMillis != NEVER && dueMillis <= millis;
  }

  /** Returns the approximate size in the journal. */
  long size() {
    return (long) key.bytes().length
        + value.length
        + OVERHEAD
        + (dueMillis == NEVER ? 0 : DUE_TIME);
  }

  /** Returns whether another entry has the same key, value and due time. */
  public boolean isLike(SlotEntry other) {
    return dueMillis == other.dueMillis
        && key.equals(other.key)
        && Arrays.equals(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotEntry that && number == that.number && isLike(that);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(number);
  }

  @Override
  public String toString() {
    return "SlotEntry["
        + number
        + ", "
        + key
        + ", "
        + value.length
        + " bytes, due "
        + dueMillis
        + "]";
  }
}
