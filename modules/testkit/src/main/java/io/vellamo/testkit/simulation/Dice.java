package io.vellamo.testkit.simulation;

import java.util.List;
import java.util.Random;

/**
 * The decisions of a seed. The same seed gives the same decisions on every JVM.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class Dice {
  private final Random random;

  /**
   * Creates decisions.
   *
   * @param subject what they are about: those about one subject do not depend on how many there are
   *     about another
   */
  Dice(long seed, int subject) {
    // Mixed: the first numbers of adjacent seeds resemble each other.
    this.random = new Random((4 * seed + subject + 1) * 0x9E3779B97F4A7C15L);
  }

  /** Returns a number from 0 to {@code bound} − 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns a number in a range, both ends included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** Returns true in so many of a thousand cases. */
  boolean perMille(int cases) {
    return cases > 0 && random.nextInt(1000) < cases;
  }

  /** Returns true in half of all cases. */
  boolean coin() {
    return random.nextBoolean();
  }

  /** Returns one of some values. */
  <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Returns one of some values. */
  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
