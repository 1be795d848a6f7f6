package io.vellamo.actors;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source of which some calls can be made to fail; it records its calls. */
final class UnavailableSource<T> implements EventSource<T> {
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final EventSource<T> source;
  private volatile Set<String> failing = Set.of();
  private volatile Exception failure = new IllegalStateException();

  UnavailableSource(EventSource<T> source) {
    this.source = source;
  }

  /** Lets calls of some names fail, and those of all others succeed. */
  void failsWith(Exception thrown, String... names) {
    failure = thrown;
    failing = Set.of(names);
  }

  private void call(String name, Object details) throws Exception {
    calls.add((name + " " + details).strip());
    if (failing.contains(name)) {
      throw failure;
    }
  }

  @Override
  public String description() {
    return "Source";
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws Exception {
    call("open", context.committed());
    return new DelegatingReader<>(source.open(context)) {
      @Override
      public Offsets latest() throws Exception {
        call("latest", "");
        return super.latest();
      }

      @Override
      public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
        call("plan", "");
        return super.plan(from, upTo, maxEvents);
      }

      @Override
      public RangeReader<T> read(OffsetRange range) throws Exception {
        call("read", "%d-%d".formatted(range.from(), range.until()));
        return super.read(range);
      }

      @Override
      public void close() {
        calls.add("close");
        super.close();
      }
    };
  }
}
