package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateSerializer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The ways in which a runtime may reduce events to a buffer. */
final class Reductions {
  private Reductions() {}

  static <IN> Object reduce(Aggregator<IN, Object, ?> aggregator, List<IN> events) {
    Object buffer = aggregator.zero();
    for (IN event : events) {
      buffer = aggregator.reduce(buffer, event);
    }
    return buffer;
  }

  static <IN, R> R result(Aggregate<IN, R> aggregate, List<IN> events) {
    return aggregate.finish(reduce(aggregate.aggregator(), events));
  }

  /** Merges the buffers of parts of the events, in the order of a random tree. */
  static <IN> Object merge(Aggregator<IN, Object, ?> aggregator, List<IN> events, Random random) {
    List<Object> parts = new ArrayList<>();
    for (int start = 0; start < events.size(); ) {
      int end = Math.min(events.size(), start + random.nextInt(4));
      parts.add(reduce(aggregator, events.subList(start, end)));
      start = end;
    }
    parts.add(aggregator.zero());
    while (parts.size() > 1) {
      int left = random.nextInt(parts.size() - 1);
      parts.set(left, aggregator.merge(parts.get(left), parts.remove(left + 1)));
    }
    return parts.get(0);
  }

  static String stored(Aggregator<?, Object, ?> aggregator, Object buffer) {
    try {
      return HexFormat.of().formatHex(form(aggregator).write(buffer));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Object read(Aggregator<?, Object, ?> aggregator, String stored) {
    try {
      return form(aggregator).read(HexFormat.of().parseHex(stored), form(aggregator).version());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static boolean hasLayout(Aggregator<?, Object, ?> aggregator) {
    return aggregator.bufferType().serializer().isPresent();
  }

  private static StateSerializer<Object> form(Aggregator<?, Object, ?> aggregator) {
    return aggregator.bufferType().serializer().orElseThrow();
  }
}
