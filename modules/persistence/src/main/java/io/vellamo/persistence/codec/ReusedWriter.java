package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of one class with generators that are used again: to make one costs more than to
 * write a small value with it.
 *
 * <p><b>Threading</b> Safe to share. A thread that finds no generator in its place makes one.
 *
 * <p><b>Failure</b> A generator that failed is thrown away.
 */
final class ReusedWriter {
  /** Places for generators; a power of two. */
  private static final int PLACES = 16;

  /** A larger buffer is not kept. */
  private static final int LARGEST_KEPT = 64 * 1024;

  /** A generator, and where it writes. */
  private static final class Kept {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final SequenceWriter values;

    private Kept(ObjectWriter writer) throws IOException {
      values = writer.writeValues(out);
    }
  }

  private final ObjectWriter writer;
  private final AtomicReferenceArray<@Nullable Kept> places = new AtomicReferenceArray<>(PLACES);

  ReusedWriter(ObjectWriter writer) {
    this.writer = writer;
  }

  /** Returns a value's bytes behind some others. */
  byte[] write(byte[] front, Object value) throws IOException {
    int place = (int) Thread.currentThread().getId() & (PLACES - 1);
    Kept kept = places.getAndSet(place, null);
    if (kept == null) {
      kept = new Kept(writer);
    }
    kept.out.write(front, 0, front.length);
    kept.values.write(value);
    byte[] bytes = kept.out.toByteArray();
    if (bytes.length <= LARGEST_KEPT) {
      kept.out.reset();
      places.set(place, kept);
    }
    return bytes;
  }
}
