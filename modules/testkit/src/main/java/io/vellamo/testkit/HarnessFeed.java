package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;

/**
 * A named function that adds events to a query's source.
 *
 * @param name the name that tests use
 * @param type the class of its events
 * @param into adds events to the source
 * @param <T> the events
 */
record HarnessFeed<T>(String name, Class<? extends T> type, Consumer<List<T>> into) {
  HarnessFeed {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(into, "feed");
  }

  void add(List<T> events) {
    for (T event : events) {
      if (!type.isInstance(requireNonNull(event, "event"))) {
        throw new IllegalArgumentException(
            "events of feed [%s] must be of class [%s], found one of class [%s]"
                .formatted(name, type.getName(), event.getClass().getName()));
      }
    }
    into.accept(List.copyOf(events));
  }
}
