package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import io.vellamo.benchmarks.workload.SequenceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reader of consecutive ranges of a part. It keeps its position if the next range begins there.
 *
 * @param <T> the events
 */
final class PartCursor<T> implements RangeReader<T> {
  private final SequenceReader.Parts<T> parts;
  private final int part;
  // Set by the first range.
  private @Nullable SequenceReader<T> reader;
  private long until = -1;

  PartCursor(SequenceReader.Parts<T> parts, int part) {
    this.parts = parts;
    this.part = part;
  }

  void begin(OffsetRange range) throws IOException {
    if (reader == null || range.from() != until) {
      closePart();
      reader = parts.open(part, Math.toIntExact(range.from()));
    }
    until = range.until();
  }

  @Override
  public boolean read(EventCollector<? super T> into, int maxEntries) throws IOException {
    SequenceReader<T> open = Objects.requireNonNull(reader, "reader");
    for (int i = 0; i < maxEntries; i++) {
      int seq = open.nextSeq();
      T event = seq < 0 || seq >= until ? null : open.next();
      if (event == null) {
        return false;
      }
      into.event(event, seq);
    }
    return true;
  }

  /** Ends a range; the part stays open for the next. */
  @Override
  public void close() {}

  void closePart() {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
