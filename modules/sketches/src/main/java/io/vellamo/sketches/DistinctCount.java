package io.vellamo.sketches;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A count of distinct hashes: a sorted set while they are few, then an UltraLogLog. */
final class DistinctCount {
  static final int MAX_EXACT = 256;

  private static final int INITIAL_CAPACITY = 4;

  private final int precision;

  /** Ascending up to {@link #size}; empty once there is a sketch. */
  private long[] hashes;

  private int size;
  private @Nullable UltraLogLog sketch;

  private DistinctCount(int precision, long[] hashes, @Nullable UltraLogLog sketch) {
    this.precision = precision;
    this.hashes = hashes;
    this.size = hashes.length;
    this.sketch = sketch;
  }

  /** Returns the count of ascending hashes, at most {@link #MAX_EXACT}. */
  static DistinctCount of(long[] hashes, int precision) {
    return new DistinctCount(precision, hashes, null);
  }

  /** Returns the count of a sketch, in the lower of both precisions. */
  static DistinctCount of(UltraLogLog sketch, int precision) {
    return new DistinctCount(
        precision, new long[0], sketch.getP() > precision ? sketch.downsize(precision) : sketch);
  }

  void add(long hash) {
    if (sketch != null) {
      sketch.add(hash);
      return;
    }
    int found = Arrays.binarySearch(hashes, 0, size, hash);
    if (found >= 0) {
      return;
    }
    if (size == MAX_EXACT) {
      toSketch().add(hash);
    } else {
      insert(-found - 1, hash);
    }
  }

  void addAll(DistinctCount other) {
    UltraLogLog others = other.sketch;
    if (others == null) {
      for (int i = 0; i < other.size; i++) {
        add(other.hashes[i]);
      }
      return;
    }
    UltraLogLog own = sketch == null ? toSketch() : sketch;
    sketch = others.getP() < own.getP() ? UltraLogLog.merge(own, others) : own.add(others);
  }

  long estimate() {
    if (sketch == null) {
      return size;
    }
    // There is a sketch only if there were more.
    return Math.max(MAX_EXACT + 1L, Math.round(sketch.getDistinctCountEstimate()));
  }

  /** Returns a copy of the ascending hashes; empty if there is a sketch. */
  long[] hashes() {
    return Arrays.copyOf(hashes, size);
  }

  /** Returns the registers of the sketch, which must not be changed; null if there is none. */
  byte @Nullable [] registers() {
    return sketch == null ? null : sketch.getState();
  }

  private void insert(int index, long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(INITIAL_CAPACITY, 2 * size));
    }
    System.arraycopy(hashes, index, hashes, index + 1, size - index);
    hashes[index] = hash;
    size++;
  }

  private UltraLogLog toSketch() {
    UltraLogLog created = UltraLogLog.create(precision);
    for (int i = 0; i < size; i++) {
      created.add(hashes[i]);
    }
    hashes = new long[0];
    size = 0;
    sketch = created;
    return created;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DistinctCount count
        && Arrays.equals(hashes, 0, size, count.hashes, 0, count.size)
        && Arrays.equals(registers(), count.registers());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(hashes()) + Arrays.hashCode(registers());
  }

  @Override
  public String toString() {
    return "DistinctCount[" + estimate() + "]";
  }
}
