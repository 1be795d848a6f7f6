package io.vellamo.testkit.simulation;

import java.util.List;
import java.util.Random;

/**
 * The decisions of a seed. The same seed gives the same decisions on every JVM.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @since 0.1
 */
public final class Dice {
  private final Random random;

  private Dice(long seed, int subject) {
    // Mixed: the first numbers of adjacent seeds resemble each other.
    this.random = new Random((4 * seed + subject + 1) * 0x9E3779B97F4A7C15L);
  }

  /**
   * Returns the decisions of a seed.
   *
   * @param seed any number
   * @return decisions, none taken yet
   */
  public static Dice of(long seed) {
    return of(seed, 0);
  }

  /**
   * Returns the decisions of a seed about a subject.
   *
   * @param seed any number
   * @param subject what they are about, from 0 to 3: decisions about one subject do not depend on
   *     how many there are about another
   * @return decisions, none taken yet
   */
  static Dice of(long seed, int subject) {
    return new Dice(seed, subject);
  }

  /**
   * Returns a number from 0 to {@code bound} − 1.
   *
   * @param bound the bound, positive
   */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /**
   * Returns a number in a range, both ends included.
   *
   * @param least the least number
   * @param most the largest number, at least {@code least}
   */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /**
   * Returns true in so many of a thousand cases.
   *
   * @param cases the number of cases, from 0 to 1000
   */
  public boolean perMille(int cases) {
    return cases > 0 && random.nextInt(1000) < cases;
  }

  /** Returns true in half of all cases. */
  public boolean coin() {
    return random.nextBoolean();
  }

  /**
   * Returns one of some values.
   *
   * @param values the values, at least one
   * @param <T> their type
   */
  public <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /**
   * Returns one of some values.
   *
   * @param values the values, at least one
   * @param <T> their type
   */
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
