package io.vellamo.cluster.read;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.connectors.memory.MemorySource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A source in memory that notes the calls of its readers, of which the next read may fail. */
final class WatchedSource implements EventSource<String> {
  final MemorySource<String> events = MemorySource.create(2);
  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  @Override
  public String description() {
    return "WatchedSource";
  }

  @Override
  public SourceReader<String> open(SourceContext context) {
    calls.add("open");
    SourceReader<String> reader = events.open(context);
    return new SourceReader<>() {
      @Override
      public Offsets latest() throws Exception {
        return reader.latest();
      }

      @Override
      public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
        return reader.plan(from, upTo, maxEvents);
      }

      @Override
      public RangeReader<String> read(OffsetRange range) throws Exception {
        calls.add("read " + range.partition().name());
        Exception thrown = failure.getAndSet(null);
        if (thrown != null) {
          throw thrown;
        }
        return reader.read(range);
      }

      @Override
      public void committed(Offsets offsets) {
        calls.add("committed");
      }

      @Override
      public void close() {
        calls.add("close");
        reader.close();
      }
    };
  }
}
