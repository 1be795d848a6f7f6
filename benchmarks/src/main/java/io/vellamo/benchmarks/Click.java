package io.vellamo.benchmarks;

import java.time.Instant;

/**
 * An event of the file benchmark.
 *
 * @param key the grouping key
 * @param time the event time
 * @param value a number from 0 to 999
 */
record Click(long key, Instant time, int value) {}
