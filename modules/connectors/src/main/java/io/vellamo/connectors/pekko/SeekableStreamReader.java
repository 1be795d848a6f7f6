package io.vellamo.connectors.pekko;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.pekko.stream.UniqueKillSwitch;

/** A reader of the events that a running stream has given since the last commit. */
final class SeekableStreamReader<T> implements SourceReader<T> {
  static final SourcePartition PARTITION = new SourcePartition("stream");

  private final StreamBuffer<T> buffer;
  private final UniqueKillSwitch stream;

  SeekableStreamReader(StreamBuffer<T> buffer, UniqueKillSwitch stream) {
    this.buffer = buffer;
    this.stream = stream;
  }

  @Override
  public Offsets latest() throws Exception {
    buffer.requireSound();
    return Offsets.of(Map.of(PARTITION, buffer.end()));
  }

  /** Plans what a query asks for; waits for it where an earlier reader gave the end. */
  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
    long begin = from.of(PARTITION).orElse(buffer.first());
    long end = upTo.of(PARTITION).orElse(begin);
    buffer.awaitEnd(end);
    long until = buffer.endOf(begin, end, maxEvents);
    return until == begin ? List.of() : List.of(new OffsetRange(PARTITION, begin, until));
  }

  @Override
  public RangeReader<T> read(OffsetRange range) throws Exception {
    Iterator<StreamEvent<T>> events = buffer.range(range).iterator();
    return new RangeReader<>() {
      @Override
      public boolean read(EventCollector<? super T> into, int maxEntries) {
        for (int i = 0; i < maxEntries && events.hasNext(); i++) {
          StreamEvent<T> next = events.next();
          into.event(next.event(), next.offset());
        }
        return events.hasNext();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void committed(Offsets offsets) {
    offsets.of(PARTITION).ifPresent(buffer::committed);
  }

  /** Aborts the stream; a shutdown would wait for room in the buffer. */
  @Override
  public void close() {
    stream.abort(new CancellationException("Query has stopped"));
  }
}
