package io.vellamo.sketches;

/**
 * The first bytes of stored buffers: each identifies a layout and the version of the algorithm that
 * its content depends on, so none is ever used for another. The standard aggregates have those
 * below 64.
 */
final class SketchLayouts {
  /** Hashes by {@link ValueHash}, ascending. */
  static final byte HASHES = 64;

  /** All registers of an UltraLogLog of hashes by {@link ValueHash}. */
  static final byte REGISTERS = 65;

  /** The registers of an UltraLogLog that are not 0. */
  static final byte SPARSE_REGISTERS = 66;

  /** Numbers, ascending. */
  static final byte NUMBERS = 67;

  /** Centroids of a t-digest, and numbers that are not in it yet. */
  static final byte CENTROIDS = 68;

  private SketchLayouts() {}

  static IllegalArgumentException unknown(String aggregate, int least, int greatest, byte found) {
    return new IllegalArgumentException(
        "layout of a buffer of [%s] must be from %d to %d, was [%d]; a later version or another aggregate wrote it"
            .formatted(aggregate, least, greatest, found));
  }
}
