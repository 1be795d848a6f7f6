package io.vellamo.actors;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that counts its open readers. */
final class CountedSource<T> implements EventSource<T> {
  private final EventSource<T> source;
  private final AtomicInteger open = new AtomicInteger();

  CountedSource(EventSource<T> source) {
    this.source = source;
  }

  /** Returns the number of readers that are open. */
  int open() {
    return open.get();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws Exception {
    SourceReader<T> reader = source.open(context);
    open.incrementAndGet();
    return new DelegatingReader<>(reader) {
      @Override
      public void close() {
        super.close();
        open.decrementAndGet();
      }
    };
  }
}
