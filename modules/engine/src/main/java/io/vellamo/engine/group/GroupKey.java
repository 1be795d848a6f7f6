package io.vellamo.engine.group;

import java.util.Arrays;

/**
 * A grouping key in serialized form, which identifies a group in shards, journals and timers.
 *
 * <p>The hash that chooses the shard is part of every journal's layout: FNV-1a over the bytes [1],
 * finished with the mixer of SplitMix64 [2] because FNV's low bits alone spread short keys badly.
 * It must never change.
 *
 * <p>[1] G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm,
 * IETF draft. [2] G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014.
 */
public final class GroupKey implements Comparable<GroupKey> {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final byte[] bytes;
  private final long hash;

  private GroupKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = hash(bytes);
  }

  /** Returns a key; the bytes are not copied and must not change. */
  public static GroupKey of(byte[] bytes) {
    return new GroupKey(bytes);
  }

  /** Returns the serialized key; must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the shard of this key, from 0 to {@code shards} − 1. */
  public int shard(int shards) {
    // For a power of two, a mask gives the same result without a division per event.
    return (shards & (shards - 1)) == 0
        ? (int) (hash & (shards - 1))
        : (int) Long.remainderUnsigned(hash, shards);
  }

  private static long hash(byte[] bytes) {
    long hash = FNV_OFFSET;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  @Override
  public int compareTo(GroupKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  /** Uses other bits than {@link #shard}: otherwise all keys of a shard would share few buckets. */
  @Override
  public int hashCode() {
    return (int) (hash >>> 32);
  }

  @Override
  public String toString() {
    return "GroupKey[" + bytes.length + " bytes]";
  }
}
