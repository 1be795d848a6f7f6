package io.vellamo.api.group;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A grouping key and the value that belongs to it.
 *
 * <p>As a row, an event or a state it is journaled with the classes of key and value, which Jackson
 * must be able to write and read. A collection tells nothing of the class of its elements: as a
 * value, put it into a record.
 *
 * @param key the grouping key; null is a key like any other
 * @param value the value; not null
 * @param <K> the keys
 * @param <V> the values
 * @since 0.1
 */
public record KeyValue<K extends @Nullable Object, V>(K key, V value) {
  public KeyValue {
    requireNonNull(value, "value");
  }
}
