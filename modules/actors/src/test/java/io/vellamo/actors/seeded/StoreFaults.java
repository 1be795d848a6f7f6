package io.vellamo.actors.seeded;

import io.vellamo.testkit.simulation.Dice;

/**
 * The rates of faults of the journal and the snapshot store, in thousandths of all operations.
 *
 * @param failure an operation fails
 * @param silence an operation is never answered
 * @param rejection a write is refused as the record is not acceptable
 */
record StoreFaults(int failure, int silence, int rejection) {
  static final StoreFaults NONE = new StoreFaults(0, 0, 0);

  static StoreFaults of(Dice dice) {
    return new StoreFaults(
        dice.oneOf(0, 0, 20, 60), dice.oneOf(0, 0, 10, 30), dice.oneOf(0, 0, 0, 5));
  }
}
