package io.vellamo.api.group;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A grouping key and the value that belongs to it.
 *
 * <p>A row, event or state of this type is journaled with the classes of key and value, which
 * Jackson must be able to write and read. The class of a collection does not tell the class of its
 * elements; wrap a collection in a record to use it as a value.
 *
 * @param key the grouping key; null is a valid key
 * @param value the value; not null
 * @param <K> the key type
 * @param <V> the value type
 * @since 0.1
 */
public record KeyValue<K extends @Nullable Object, V>(K key, V value) {
  public KeyValue {
    requireNonNull(value, "value");
  }
}
