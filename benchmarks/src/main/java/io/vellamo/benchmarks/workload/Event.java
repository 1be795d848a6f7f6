package io.vellamo.benchmarks.workload;

/**
 * An event of a data set.
 *
 * @param key the grouping key, not negative
 * @param timeMillis the event time
 * @param value a number from 0 to 999
 * @param seq its place in the whole data set, from 0
 */
public record Event(long key, long timeMillis, int value, int seq) {}
