package io.vellamo.benchmarks.workload;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the events of a part, in the order of their places in the whole input.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @param <T> the events
 */
public interface SequenceReader<T> extends Closeable {
  /** Returns the place of the next event in the whole input, from 0, or -1 at the end. */
  int nextSeq() throws IOException;

  /** Returns the next event, or null at the end. */
  @Nullable T next() throws IOException;

  /**
   * A function that opens the parts of an input.
   *
   * @param <T> the events
   */
  interface Parts<T> {
    /** Opens a part at the first event whose place is not smaller than the given one. */
    SequenceReader<T> open(int part, int seq) throws IOException;
  }
}
