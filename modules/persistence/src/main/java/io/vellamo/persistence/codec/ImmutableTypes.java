package io.vellamo.persistence.codec;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Knows which classes can't change, all the way down. */
final class ImmutableTypes {
  private static final Set<Class<?>> KNOWN =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  private ImmutableTypes() {}

  /**
   * Returns whether a class is known to be immutable: a primitive, a standard value type, an enum,
   * or a record of such. Everything else counts as mutable.
   */
  static boolean isImmutable(Class<?> type) {
    return isImmutable(type, new HashSet<>());
  }

  private static boolean isImmutable(Class<?> type, Set<Class<?>> seen) {
    if (type.isPrimitive() || type.isEnum() || KNOWN.contains(type) || isTime(type)) {
      return true;
    }
    if (!type.isRecord()) {
      return false;
    }
    if (seen.add(type)) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (!isImmutable(component.getType(), seen)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isTime(Class<?> type) {
    return type.getName().startsWith("java.time.")
        && (Temporal.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type));
  }
}
