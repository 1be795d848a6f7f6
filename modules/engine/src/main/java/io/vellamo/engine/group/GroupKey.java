package io.vellamo.engine.group;

import java.util.Arrays;

/**
 * A grouping key in serialized form, which identifies a group in shards, journals and timers.
 *
 * <p>The hash that chooses the shard is part of every journal's layout: a {@link StableHash} of the
 * bytes.
 */
public final class GroupKey implements Comparable<GroupKey> {
  private final byte[] bytes;
  private final long hash;

  private GroupKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = StableHash.of(bytes);
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
