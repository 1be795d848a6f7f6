package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

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

  /** Annotations that change names only. */
  private static final Set<String> HARMLESS =
      Set.of(JsonProperty.class.getName(), JsonAlias.class.getName());

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
    if (!type.isRecord() || hasRulesOfItsOwn(type)) {
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

  /**
   * A record may leave a part out, or write it otherwise: the one in memory is not the one that
   * would be read then.
   */
  private static boolean hasRulesOfItsOwn(Class<?> record) {
    return Stream.of(
            Stream.of(record),
            Arrays.stream(record.getDeclaredFields()),
            Arrays.stream(record.getDeclaredMethods()),
            Arrays.stream(record.getDeclaredConstructors()))
        .flatMap(each -> each)
        .map(AnnotatedElement.class::cast)
        .flatMap(each -> Arrays.stream(each.getAnnotations()))
        .map(annotation -> annotation.annotationType().getName())
        .anyMatch(name -> name.startsWith("com.fasterxml.") && !HARMLESS.contains(name));
  }

  private static boolean isTime(Class<?> type) {
    return type.getName().startsWith("java.time.")
        && (Temporal.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type));
  }
}
