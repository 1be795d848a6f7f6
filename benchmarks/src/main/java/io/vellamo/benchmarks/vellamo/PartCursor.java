package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.PartReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reader of consecutive ranges of a part. It keeps its position in the file if the next range
 * begins there.
 */
final class PartCursor implements RangeReader<Event> {
  private final Path part;
  // Set by the first range.
  private @Nullable PartReader reader;
  private long until = -1;

  PartCursor(Path part) {
    this.part = part;
  }

  void begin(OffsetRange range) throws IOException {
    if (reader == null || range.from() != until) {
      closeFile();
      reader = PartReader.open(part, Math.toIntExact(range.from()));
    }
    until = range.until();
  }

  @Override
  public boolean read(EventCollector<? super Event> into, int maxEntries) throws IOException {
    PartReader open = Objects.requireNonNull(reader, "reader");
    for (int i = 0; i < maxEntries; i++) {
      int seq = open.nextSeq();
      Event event = seq < 0 || seq >= until ? null : open.next();
      if (event == null) {
        return false;
      }
      into.event(event, seq);
    }
    return true;
  }

  /** Ends a range; the file stays open for the next. */
  @Override
  public void close() {}

  void closeFile() {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
