package io.vellamo.benchmarks;

/**
 * The state and row of the file benchmark: the totals of a key's events.
 *
 * @param key the grouping key
 * @param count the number of events
 * @param sum the sum of their values
 */
record KeyTotal(long key, long count, long sum) {
  KeyTotal plus(int value) {
    return new KeyTotal(key, count + 1, sum + value);
  }
}
