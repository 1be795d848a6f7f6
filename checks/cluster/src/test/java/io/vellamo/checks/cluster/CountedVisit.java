package io.vellamo.checks.cluster;

/**
 * An event, which is a function of its number.
 *
 * @param visitor one of {@value #VISITORS}
 * @param number its place among all visits, from 0
 */
record CountedVisit(String visitor, long number) {
  static final int VISITORS = 61;

  /** Returns the visit of a number. */
  static CountedVisit of(long number) {
    return new CountedVisit("visitor-" + Long.remainderUnsigned(mixed(number), VISITORS), number);
  }

  /** Returns the partition of the source that has the visitor's visits. */
  int partition(int partitions) {
    return Math.floorMod(visitor.hashCode(), partitions);
  }

  /** Returns a number that looks random, by the finalizer of SplitMix64. */
  private static long mixed(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
