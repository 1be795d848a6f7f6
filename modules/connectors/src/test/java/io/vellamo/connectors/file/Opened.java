package io.vellamo.connectors.file;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file source under test, with what was read from it so far. */
final class Opened<T> implements EventCollector<T>, AutoCloseable {
  final List<T> events = new ArrayList<>();
  final List<Long> offsets = new ArrayList<>();
  final List<Letter> letters = new ArrayList<>();
  final SourceReader<T> reader;
  Offsets position = Offsets.none();

  private Opened(SourceReader<T> reader) {
    this.reader = reader;
  }

  record Letter(long offset, String reason, @Nullable String line) {}

  static <T> Opened<T> endless(FileSource<T> source) throws Exception {
    return open(source, false);
  }

  static <T> Opened<T> bounded(FileSource<T> source) throws Exception {
    return open(source, true);
  }

  /** Opens a source again where another run of the query has left it. */
  static <T> Opened<T> endlessFrom(Offsets committed, FileSource<T> source) throws Exception {
    Opened<T> opened = open(source, false, committed);
    opened.position = committed;
    return opened;
  }

  private static <T> Opened<T> open(FileSource<T> source, boolean bounded) throws Exception {
    return open(source, bounded, Offsets.none());
  }

  private static <T> Opened<T> open(FileSource<T> source, boolean bounded, Offsets committed)
      throws Exception {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    return new Opened<>(source.open(new SourceContext("q", committed, bounded, clock, () -> {})));
  }

  /** Plans and reads one epoch. */
  List<OffsetRange> epoch(long maxEvents) throws Exception {
    List<OffsetRange> ranges = reader.plan(position, reader.latest(), maxEvents);
    for (OffsetRange range : ranges) {
      read(range);
    }
    position = position.advance(ranges);
    return ranges;
  }

  Opened<T> everything() throws Exception {
    epoch(Long.MAX_VALUE);
    return this;
  }

  void read(OffsetRange range) throws Exception {
    try (RangeReader<T> open = reader.read(range)) {
      boolean more = true;
      while (more) {
        more = open.read(this, 1_000);
      }
    }
  }

  static Path write(Path file, String text) throws Exception {
    return Files.writeString(file, text);
  }

  @Override
  public void event(T event, long offset) {
    events.add(event);
    offsets.add(offset);
  }

  @Override
  public void deadLetter(long offset, String reason, @Nullable String entry) {
    letters.add(new Letter(offset, reason, entry));
  }

  @Override
  public void close() {
    reader.close();
  }
}
