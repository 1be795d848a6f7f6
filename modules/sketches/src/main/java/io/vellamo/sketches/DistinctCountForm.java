package io.vellamo.sketches;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.vellamo.api.internal.BufferForm;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The stored form of a distinct count. Most registers of a sketch of a few hundred values are 0,
 * and are left out while that is shorter.
 */
record DistinctCountForm(int precision) implements BufferForm<DistinctCount> {
  @Override
  public byte[] write(DistinctCount count) {
    byte[] registers = count.registers();
    if (registers == null) {
      return writeHashes(count.hashes());
    }
    ByteBuffer sparse = ByteBuffer.allocate(1 + registers.length);
    return writeSparse(registers, sparse) ? Varints.written(sparse) : writeAll(registers);
  }

  private static byte[] writeHashes(long[] hashes) {
    ByteBuffer target = ByteBuffer.allocate(1 + Long.BYTES * hashes.length);
    target.put(SketchLayouts.HASHES);
    target.asLongBuffer().put(hashes);
    return target.array();
  }

  private static byte[] writeAll(byte[] registers) {
    ByteBuffer target = ByteBuffer.allocate(1 + registers.length);
    return target.put(SketchLayouts.REGISTERS).put(registers).array();
  }

  /** Writes each register after the number of zeros before it; false if it does not fit. */
  private static boolean writeSparse(byte[] registers, ByteBuffer target) {
    target.put(SketchLayouts.SPARSE_REGISTERS);
    target.put((byte) Integer.numberOfTrailingZeros(registers.length));
    int zeros = 0;
    for (byte register : registers) {
      if (register == 0) {
        zeros++;
        continue;
      }
      if (target.remaining() < Varints.MAX_BYTES + 1) {
        return false;
      }
      Varints.put(target, zeros);
      target.put(register);
      zeros = 0;
    }
    return true;
  }

  @Override
  public DistinctCount read(byte[] bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    byte layout = source.get();
    return switch (layout) {
      case SketchLayouts.HASHES -> DistinctCount.of(readHashes(source), precision);
      case SketchLayouts.REGISTERS -> sketch(Arrays.copyOfRange(bytes, 1, bytes.length));
      case SketchLayouts.SPARSE_REGISTERS -> sketch(readSparse(source));
      default ->
          throw SketchLayouts.unknown(
              "approxCountDistinct", SketchLayouts.HASHES, SketchLayouts.SPARSE_REGISTERS, layout);
    };
  }

  private static long[] readHashes(ByteBuffer source) {
    long[] hashes = new long[source.remaining() / Long.BYTES];
    source.asLongBuffer().get(hashes);
    return hashes;
  }

  private static byte[] readSparse(ByteBuffer source) {
    byte[] registers = new byte[1 << source.get()];
    int index = 0;
    while (source.hasRemaining()) {
      index += (int) Varints.get(source);
      registers[index++] = source.get();
    }
    return registers;
  }

  private DistinctCount sketch(byte[] registers) {
    return DistinctCount.of(UltraLogLog.wrap(registers), precision);
  }
}
