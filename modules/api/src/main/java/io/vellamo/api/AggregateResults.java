package io.vellamo.api;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.window.Window;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The results of a group, read from its buffers on demand. */
final class AggregateResults<K extends @Nullable Object> implements WindowResult<K> {
  private final AggregateList aggregates;
  private final K key;
  private final @Nullable Window window;
  private final Object[] buffers;

  AggregateResults(AggregateList aggregates, K key, @Nullable Window window, Object[] buffers) {
    this.aggregates = aggregates;
    this.key = key;
    this.window = window;
    this.buffers = buffers;
  }

  @Override
  public K key() {
    return key;
  }

  @Override
  public Window window() {
    return Objects.requireNonNull(window, "window");
  }

  @Override
  public <R extends @Nullable Object> R get(Aggregate<?, R> aggregate) {
    return aggregate.finish(buffers[aggregates.buffer(aggregate)]);
  }
}
