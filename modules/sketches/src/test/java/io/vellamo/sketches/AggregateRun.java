package io.vellamo.sketches;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An aggregate with the operations that the engine applies to its buffers. */
record AggregateRun<IN extends @Nullable Object, R extends @Nullable Object>(
    Aggregate<IN, R> aggregate) {
  Object reduce(List<IN> events) {
    return reduce(aggregator().zero(), events);
  }

  Object reduce(Object buffer, List<IN> events) {
    Object reduced = buffer;
    for (IN event : events) {
      reduced = aggregator().reduce(reduced, event);
    }
    return reduced;
  }

  Object merge(Object left, Object right) {
    return aggregator().merge(left, right);
  }

  /** Merges the buffers of parts of the events, by a tree that the seed draws. */
  Object mergeParts(List<IN> events, int parts, long seed) {
    Random random = new Random(seed);
    List<Object> buffers = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = events.size() * part / parts;
      int until = events.size() * (part + 1) / parts;
      buffers.add(reduce(events.subList(from, until)));
    }
    while (buffers.size() > 1) {
      int left = random.nextInt(buffers.size() - 1);
      Object right = buffers.remove(left + 1);
      buffers.set(left, merge(buffers.get(left), right));
    }
    return buffers.get(0);
  }

  R result(List<IN> events) {
    return aggregate.finish(reduce(events));
  }

  byte[] write(Object buffer) {
    try {
      return serializer().write(buffer);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  Object read(byte[] bytes) throws Exception {
    return serializer().read(bytes, 1);
  }

  Object copy(Object buffer) throws Exception {
    return read(write(buffer));
  }

  private Aggregator<IN, Object, ?> aggregator() {
    return aggregate.aggregator();
  }

  private StateSerializer<Object> serializer() {
    return aggregator().bufferType().serializer().orElseThrow();
  }
}
