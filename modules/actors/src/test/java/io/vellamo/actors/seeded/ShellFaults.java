package io.vellamo.actors.seeded;

import io.vellamo.testkit.simulation.Dice;

/**
 * The rates of faults, in thousandths of all steps. Each seed has its own, as some faults hide
 * others.
 *
 * @param crash a crash of the actor system, of all steps
 * @param restart its orderly end, of all steps
 * @param stop a user who stops the query, of all steps
 * @param time time that passes while there is something to do, of all steps
 * @param request another request of a user, of all steps
 * @param delay a task that waits until others have run, of all tasks
 * @param connector a failure of the source or sink, of its calls
 * @param store the journal's faults
 */
record ShellFaults(
    int crash,
    int restart,
    int stop,
    int time,
    int request,
    int delay,
    int connector,
    StoreFaults store) {
  static ShellFaults of(Dice dice) {
    return new ShellFaults(
        dice.oneOf(0, 0, 1, 3),
        dice.oneOf(0, 0, 1),
        dice.oneOf(0, 0, 1, 3),
        dice.oneOf(0, 2, 20),
        dice.oneOf(0, 5, 20),
        dice.oneOf(0, 20, 100),
        dice.oneOf(0, 0, 10, 30),
        StoreFaults.of(dice));
  }
}
