package io.vellamo.engine.group;

/**
 * A hash of bytes that is the same on all machines and in all versions: FNV-1a [1], finished with
 * the mixer of SplitMix64 [2] because FNV's low bits alone spread short values badly.
 *
 * <p>It must never change: the shard of a {@link GroupKey} is part of every journal's layout.
 *
 * <p>[1] G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm,
 * IETF draft. [2] G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014.
 */
public final class StableHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private StableHash() {}

  /** Returns the hash of some bytes. */
  public static long of(byte[] bytes) {
    long hash = FNV_OFFSET;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
