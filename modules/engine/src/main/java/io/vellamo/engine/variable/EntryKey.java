package io.vellamo.engine.variable;

import java.util.Arrays;

/** The serialized key of an entry: a key of a map, or the tag of a timer. */
public final class EntryKey implements Comparable<EntryKey> {
  /** The key of a single value, and of the timer without a tag. */
  public static final EntryKey NONE = new EntryKey(new byte[0]);

  private final byte[] bytes;
  private final int hash;

  private EntryKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** Returns a key; the bytes are not copied and must not change. */
  public static EntryKey of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new EntryKey(bytes);
  }

  /** Returns the serialized key; must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(EntryKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "EntryKey[" + bytes.length + " bytes]";
  }
}
