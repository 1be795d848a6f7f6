package io.vellamo.persistence.codec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values whose class CBOR itself conveys. A collection of which only the class is stored may hold
 * no others: a long would be read as an integer, and an instant as a number.
 */
final class PlainValues {
  private static final Set<Class<?>> PLAIN =
      Set.of(String.class, Integer.class, Boolean.class, Double.class);

  private PlainValues() {}

  /** Returns whether a value is read back unchanged without its class. */
  static boolean isPlain(@Nullable Object value) {
    return value == null || PLAIN.contains(value.getClass());
  }

  /**
   * Returns the class of the first key or value that a collection or map must not hold, or null if
   * there is none.
   */
  static @Nullable Class<?> foreign(Object value) {
    if (value instanceof Collection<?> collection) {
      return foreignElement(collection);
    }
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (key != null && key.getClass() != String.class) {
          return key.getClass();
        }
      }
      return foreignElement(map.values());
    }
    return null;
  }

  private static @Nullable Class<?> foreignElement(Collection<?> elements) {
    for (Object element : elements) {
      if (!isPlain(element)) {
        Class<?> foreign =
            element instanceof List || element instanceof Map
                ? foreign(element)
                : element.getClass();
        if (foreign != null) {
          return foreign;
        }
      }
    }
    return null;
  }
}
