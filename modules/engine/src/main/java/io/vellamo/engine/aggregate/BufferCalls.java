package io.vellamo.engine.aggregate;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.internal.AggregationCode;
import java.util.Objects;

/** The calls of an aggregation's aggregators, each with its buffer. */
final class BufferCalls {
  private final AggregationCode code;
  private final Aggregator<Object, Object, ?>[] aggregators;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a type with arguments
  BufferCalls(AggregationCode code) {
    this.code = code;
    this.aggregators = code.aggregators().toArray(new Aggregator[0]);
  }

  /** Returns the buffers of no events. */
  Object[] zero() {
    return code.zero();
  }

  /** Adds an event, or the events of a {@link PartialResult}. */
  void reduce(Object[] buffers, Object event) {
    if (event instanceof PartialResult partial) {
      merge(buffers, partial.buffers());
      return;
    }
    for (int place = 0; place < aggregators.length; place++) {
      Object reduced = aggregators[place].reduce(buffers[place], event);
      buffers[place] = Objects.requireNonNull(reduced, "the result of reduce");
    }
  }

  /** Adds the events of other buffers, which follow and are not changed. */
  void merge(Object[] left, Object[] right) {
    for (int place = 0; place < aggregators.length; place++) {
      Object merged = aggregators[place].merge(left[place], right[place]);
      left[place] = Objects.requireNonNull(merged, "the result of merge");
    }
  }
}
