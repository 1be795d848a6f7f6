package io.vellamo.benchmarks;

/**
 * State and row of the file benchmark: what a key's events add up to.
 *
 * @param key the grouping key
 * @param count how many events
 * @param sum the sum of their values
 */
record KeyTotal(long key, long count, long sum) {
  KeyTotal plus(int value) {
    return new KeyTotal(key, count + 1, sum + value);
  }
}
