package io.vellamo.api;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The aggregates of an aggregation, and the buffer of each; some may share a buffer. */
final class AggregateList {
  private final List<Aggregate<?, ?>> aggregates;
  private final int[] buffers;
  private final List<Aggregator<Object, Object, ?>> aggregators = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** Creates the list of at least one aggregate. */
  AggregateList(List<? extends Aggregate<?, ?>> given) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException(
          "an aggregation must have at least one aggregate; use count() to list the groups");
    }
    this.aggregates = List.copyOf(given);
    this.buffers = new int[aggregates.size()];
    for (int place = 0; place < buffers.length; place++) {
      buffers[place] = bufferOf(aggregates.get(place));
    }
    for (int buffer = 0; buffer < aggregators.size(); buffer++) {
      names.add(uniqueName(buffer));
    }
  }

  /** Returns the names of the aggregates of a buffer; with a number if others have the same. */
  private String uniqueName(int buffer) {
    String name =
        IntStream.range(0, buffers.length)
            .filter(place -> buffers[place] == buffer)
            .mapToObj(place -> aggregates.get(place).name())
            .distinct()
            .collect(Collectors.joining(", "));
    String unique = name;
    for (int number = 2; names.contains(unique); number++) {
      unique = name + " " + number;
    }
    return unique;
  }

  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // the pipeline emits the events
  private int bufferOf(Aggregate<?, ?> aggregate) {
    for (int known = 0; known < aggregators.size(); known++) {
      if (aggregators.get(known) == aggregate.aggregator()) {
        return known;
      }
    }
    aggregators.add((Aggregator<Object, Object, ?>) aggregate.aggregator());
    return aggregators.size() - 1;
  }

  /** Returns the aggregators of the buffers. */
  List<Aggregator<Object, Object, ?>> aggregators() {
    return aggregators;
  }

  /** Returns the names of the buffers, no two of which are equal. */
  List<String> names() {
    return names;
  }

  /** Returns the place of an aggregate's buffer. */
  @SuppressWarnings("ReferenceEquality") // an aggregate is its own handle
  int buffer(Aggregate<?, ?> aggregate) {
    for (int place = 0; place < buffers.length; place++) {
      if (aggregates.get(place) == aggregate) {
        return buffers[place];
      }
    }
    throw new UnknownAggregateException(
        "aggregate [%s] must be one of those passed to aggregate(...), which are [%s]; pass the same instance to both"
            .formatted(
                aggregate.name(),
                aggregates.stream().map(Aggregate::name).collect(Collectors.joining(", "))));
  }

  /** Thrown for an aggregate that is not in the list. */
  static final class UnknownAggregateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownAggregateException(String message) {
      super(message);
    }
  }
}
