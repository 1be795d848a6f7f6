package io.vellamo.persistence.codec;

import io.vellamo.api.group.KeyValue;
import io.vellamo.persistence.codec.record.ResolvedType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a pair's key and value, which the class of the pair does not tell.
 *
 * @param key a class, or the type of a pair
 * @param value a class, or the type of a pair
 */
record PairType(Object key, Object value) {
  /** Returns the class of a value, or the type of a pair. */
  static Object of(Object value) {
    return value instanceof KeyValue<?, ?> pair
        ? new PairType(ofKey(pair.key()), of(pair.value()))
        : KeyValueModule.classOf(value);
  }

  private static Object ofKey(@Nullable Object key) {
    // Null is written alike as a key of any class.
    return key == null ? String.class : of(key);
  }

  /** Returns what {@link #of} has returned as a type with arguments. */
  static ResolvedType resolved(Object type) {
    return type instanceof PairType pair
        ? new ResolvedType(KeyValue.class, List.of(resolved(pair.key), resolved(pair.value)))
        : ResolvedType.of((Class<?>) type);
  }
}
