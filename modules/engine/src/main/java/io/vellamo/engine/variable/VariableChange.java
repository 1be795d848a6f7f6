package io.vellamo.engine.variable;

/** A change of a variable of a group. Applying it again has no further effect. */
public sealed interface VariableChange {
  /** Returns the number of the variable. */
  int variable();

  /** Returns the approximate size in the journal. */
  long size();

  /**
   * An entry that is new or replaces the entry with its key or, in a list, its number.
   *
   * @param variable the number of the variable
   * @param type the type of the variable
   * @param entry the entry
   */
  record Put(int variable, SlotType type, SlotEntry entry) implements VariableChange {
    @Override
    public long size() {
      return entry.size();
    }
  }

  /**
   * The removal of an entry of a map, of a value, or of a timer.
   *
   * @param variable the number of the variable
   * @param key the key of the entry
   */
  record Removed(int variable, EntryKey key) implements VariableChange {
    @Override
    public long size() {
      return (long) key.bytes().length + 3;
    }
  }

  /**
   * The removal of the elements of a list before a number.
   *
   * @param variable the number of the variable
   * @param number the first number that stays
   */
  record DroppedUntil(int variable, long number) implements VariableChange {
    @Override
    public long size() {
      return 4;
    }
  }

  /**
   * The removal of all entries of a variable.
   *
   * @param variable the number of the variable
   */
  record Cleared(int variable) implements VariableChange {
    @Override
    public long size() {
      return 2;
    }
  }

  /** The removal of all entries of all variables, before further changes. */
  record AllCleared() implements VariableChange {
    @Override
    public int variable() {
      return 0;
    }

    @Override
    public long size() {
      return 1;
    }
  }
}
