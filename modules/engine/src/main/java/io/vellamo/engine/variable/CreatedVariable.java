package io.vellamo.engine.variable;

/**
 * A variable, or timers of a name, in the journal. Its number is its place among those of its
 * operator, including those that were dropped, and never changes.
 *
 * @param name its name
 * @param type its type, which never changes
 * @param isDropped whether the operator no longer declares it; its entries are forgotten, and if
 *     the name is declared again, it gets another number
 */
public record CreatedVariable(String name, SlotType type, boolean isDropped) {
  /** Creates a variable that is declared. */
  public CreatedVariable(String name, SlotType type) {
    this(name, type, false);
  }

  /** Returns this variable as one that is no longer declared. */
  public CreatedVariable dropped() {
    return new CreatedVariable(name, type, true);
  }
}
