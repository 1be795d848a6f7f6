package io.vellamo.testkit.simulation;

/**
 * How often faults of each kind happen, in thousandths of all steps. Each seed has its own, as some
 * faults hide others: a query that crashes every few steps never comes to its tenth epoch.
 *
 * @param crash a crash of a run
 * @param stale a run that goes on beside a new one
 * @param loseShard the loss of a shard
 * @param failure an effect that fails, before or after it was carried out
 * @param halfway an effect that is carried out and reported later
 * @param delay an effect that has to wait for many steps
 * @param twice a message that arrives again
 * @param elsewhere a request that another activation of the shard gets as well
 * @param clock a jump of a clock
 * @param request a request of a user
 */
record Temperament(
    int crash,
    int stale,
    int loseShard,
    int failure,
    int halfway,
    int delay,
    int twice,
    int elsewhere,
    int clock,
    int request) {
  static Temperament of(Dice dice) {
    return new Temperament(
        dice.oneOf(0, 2, 5, 15, 30),
        dice.oneOf(0, 0, 2, 5, 10),
        dice.oneOf(0, 0, 3, 8, 15),
        dice.oneOf(0, 0, 5, 15),
        dice.oneOf(0, 50, 200),
        dice.oneOf(0, 20, 100),
        dice.oneOf(0, 0, 20, 60),
        dice.oneOf(0, 0, 30, 100),
        dice.oneOf(0, 10, 30),
        dice.oneOf(0, 5, 20));
  }
}
