package io.vellamo.benchmarks.workload;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A reader that generates the events of a part as they are read. Parts take turns.
 *
 * @param <T> the events
 */
final class GeneratedReader<T> implements SequenceReader<T> {
  private final IntFunction<T> generator;
  private final int events;
  private int seq;

  private GeneratedReader(IntFunction<T> generator, int events, int seq) {
    this.generator = generator;
    this.events = events;
    this.seq = seq;
  }

  /** Opens a part at the first event whose place is not smaller than the given one. */
  static <T> GeneratedReader<T> open(IntFunction<T> generator, int events, int part, int seq) {
    int first = seq + Math.floorMod(part - seq, DataSet.PARTS);
    return new GeneratedReader<>(generator, events, first);
  }

  @Override
  public int nextSeq() {
    return seq < events ? seq : -1;
  }

  @Override
  public @Nullable T next() {
    if (seq >= events) {
      return null;
    }
    T event = generator.apply(seq);
    seq += DataSet.PARTS;
    return event;
  }

  @Override
  public void close() {}
}
