package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A writer of values of one class that reuses its generators: creating one costs more than writing
 * a small value.
 *
 * <p><b>Threading</b> Safe to share. A thread that finds no generator in its place creates one.
 *
 * <p><b>Failure</b> A generator that failed is discarded.
 */
final class ReusedWriter {
  /** Places for generators; a power of two. */
  private static final int PLACES = 16;

  /** Size of the largest buffer that is kept, in bytes. */
  private static final int LARGEST_KEPT = 64 * 1024;

  /** A generator and its buffer. */
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

  /** Returns a prefix followed by a value's bytes. */
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
