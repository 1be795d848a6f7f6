package io.vellamo.benchmarks;

import java.time.Instant;

/**
 * An event of the file benchmark.
 *
 * @param key the grouping key
 * @param time when it happened
 * @param value what happened
 */
record Click(long key, Instant time, int value) {}
