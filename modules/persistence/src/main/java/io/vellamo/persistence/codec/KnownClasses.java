package io.vellamo.persistence.codec;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes that a codec's types consist of. A value of any other class is an instance of a
 * subclass where its base is declared, and would be read as the base.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class KnownClasses {
  private final Set<Class<?>> exact = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> bases = ConcurrentHashMap.newKeySet();

  /** Adds a class that is read as itself. */
  void add(Class<?> type) {
    exact.add(type);
  }

  /** Adds a class whose values are written with their own class. */
  void addBase(Class<?> base) {
    bases.add(base);
  }

  /** Returns whether values of a class are read as that class. */
  boolean contains(Class<?> type) {
    return exact.contains(type) || bases.stream().anyMatch(base -> base.isAssignableFrom(type));
  }

  /** Returns whether a declared class is known, but the class found in its place is not. */
  boolean isForeign(Class<?> declared, Class<?> found) {
    return found != declared && exact.contains(declared) && !contains(found);
  }
}
