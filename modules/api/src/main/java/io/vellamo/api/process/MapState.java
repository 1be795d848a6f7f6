package io.vellamo.api.process;

import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * The map of a {@link MapVariable} of a group, during one call of its {@link GroupProcessor}.
 *
 * <p>Every read returns new objects, and every write serializes the entry at once: changing a value
 * in place has no effect. Expired entries are invisible.
 *
 * <p><b>Order</b> Iterations return entries in the order in which their keys were first put, as
 * {@link java.util.LinkedHashMap} does. The order survives recovery. Entries may be put and removed
 * during an iteration, which does not see entries that are added.
 *
 * <p><b>Cost</b> A put writes one entry, whatever the size of the map. An access deserializes one
 * value, an iteration those that it reaches.
 *
 * @param <A> the type of the map's keys
 * @param <B> the type of the map's values
 * @since 0.1
 */
public interface MapState<A, B> {
  /**
   * Returns the value of a key.
   *
   * @param key the key
   * @return empty if the map has no such entry
   * @throws IllegalArgumentException if {@code key} is null, as for all methods with a key
   */
  Optional<B> get(A key);

  /**
   * Returns whether the map has an entry for a key.
   *
   * @param key the key
   * @return true if {@link #get} returns a value
   */
  boolean containsKey(A key);

  /**
   * Puts an entry.
   *
   * @param key the key
   * @param value its value
   * @throws IllegalArgumentException if {@code key} or {@code value} is null
   */
  void put(A key, B value);

  /**
   * Puts an entry if the map has none for the key. An existing entry is not written, so its expiry
   * is not moved.
   *
   * @param key the key
   * @param value its value
   * @return true if the entry was put
   * @throws IllegalArgumentException if {@code key} or {@code value} is null
   */
  default boolean putIfAbsent(A key, B value) {
    boolean isAbsent = !containsKey(key);
    if (isAbsent) {
      put(key, value);
    }
    return isAbsent;
  }

  /**
   * Puts a value, combined with the value of the key if there is one.
   *
   * @param key the key
   * @param value the value to put or to combine
   * @param combine receives the present value and {@code value}
   * @throws IllegalArgumentException if {@code key}, {@code value} or the combination is null
   */
  default void merge(A key, B value, BinaryOperator<B> combine) {
    put(key, get(key).map(present -> combine.apply(present, value)).orElse(value));
  }

  /**
   * Removes an entry. Has no effect if there is none.
   *
   * @param key the key
   */
  void remove(A key);

  /**
   * Returns the entries.
   *
   * @return the entries, each unmodifiable; deserialized during the iteration
   */
  Iterable<Map.Entry<A, B>> entries();

  /**
   * Returns the keys.
   *
   * @return the keys; values are not deserialized
   */
  Iterable<A> keys();

  /**
   * Returns the values.
   *
   * @return the values; keys are not deserialized
   */
  Iterable<B> values();

  /**
   * Returns the number of entries.
   *
   * @return zero or more
   */
  int size();

  /**
   * Returns whether there are no entries.
   *
   * @return true if {@link #size} is zero
   */
  default boolean isEmpty() {
    return size() == 0;
  }

  /** Removes all entries. */
  void clear();
}
