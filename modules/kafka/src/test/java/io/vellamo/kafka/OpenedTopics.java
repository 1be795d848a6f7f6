package io.vellamo.kafka;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A Kafka source under test, with what was read from it so far. */
final class OpenedTopics<T> implements EventCollector<T>, AutoCloseable {
  record Letter(long offset, String reason, @Nullable String entry) {}

  final List<T> events = new ArrayList<>();
  final List<Letter> letters = new ArrayList<>();
  final Semaphore signals = new Semaphore(0);
  final SourceReader<T> reader;
  Offsets position;

  private OpenedTopics(KafkaSource<T> source, Offsets committed) throws Exception {
    position = committed;
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    reader = source.open(new SourceContext("q", committed, false, clock, signals::release));
  }

  static <T> OpenedTopics<T> open(KafkaSource<T> source) throws Exception {
    return new OpenedTopics<>(source, Offsets.none());
  }

  /** Opens a source where another run of the query has left it. */
  static <T> OpenedTopics<T> openFrom(Offsets committed, KafkaSource<T> source) throws Exception {
    return new OpenedTopics<>(source, committed);
  }

  /** Plans and reads one epoch. */
  List<OffsetRange> epoch() throws Exception {
    List<OffsetRange> ranges = reader.plan(position, reader.latest(), Long.MAX_VALUE);
    for (OffsetRange range : ranges) {
      read(range);
    }
    position = position.advance(ranges);
    return ranges;
  }

  void read(OffsetRange range) throws Exception {
    try (RangeReader<T> open = reader.read(range)) {
      boolean more = true;
      while (more) {
        more = open.read(this, 1_000);
      }
    }
  }

  @Override
  public void event(T event, long offset) {
    events.add(event);
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
