package io.vellamo.benchmarks.workload;

/**
 * The finaliser of SplitMix64 [1].
 *
 * <p>[1] G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
 */
final class Mix64 {
  private Mix64() {}

  static long of(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
