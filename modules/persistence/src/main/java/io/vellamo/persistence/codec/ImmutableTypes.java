package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.vellamo.persistence.codec.record.ResolvedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Deeply immutable classes whose values are read as they were written. */
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

  /** Annotations that affect neither the content written nor how it is read back. */
  private static final Set<Class<?>> HARMLESS =
      Set.of(JsonAlias.class, JsonPropertyOrder.class, JsonPropertyDescription.class);

  private static final ClassValue<Boolean> ANSWERS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isImmutable(ResolvedType.of(type), new HashSet<>());
        }
      };

  private ImmutableTypes() {}

  /**
   * Returns whether a type is known to be immutable and to be written as a whole: a primitive, a
   * standard value type, an enum, or a record of these, without annotations that omit or change a
   * part. Every other type counts as mutable.
   */
  static boolean isImmutable(Type type) {
    if (type instanceof Class<?> raw) {
      return ANSWERS.get(raw);
    }
    ResolvedType resolved = ResolvedType.ofType(type);
    return resolved != null && isImmutable(resolved, new HashSet<>());
  }

  private static boolean isImmutable(ResolvedType type, Set<ResolvedType> seen) {
    Class<?> raw = type.raw();
    if (raw.isPrimitive() || KNOWN.contains(raw) || isTime(raw)) {
      return true;
    }
    if (Enum.class.isAssignableFrom(raw)) {
      return isWrittenAsItIs(raw);
    }
    if (!raw.isRecord()) {
      return false;
    }
    if (seen.add(type)) {
      for (RecordComponent component : raw.getRecordComponents()) {
        ResolvedType resolved = type.ofComponent(component);
        if (resolved == null || !isImmutable(resolved, seen)) {
          return false;
        }
      }
      return isWrittenAsItIs(raw);
    }
    return true;
  }

  private static boolean isTime(Class<?> type) {
    return type.getName().startsWith("java.time.")
        && (Temporal.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type));
  }

  /**
   * Returns whether neither a class nor its supertypes have annotations that change the written
   * form: Jackson merges the annotations of all of them.
   */
  static boolean isWrittenAsItIs(Class<?> type) {
    Class<?> above = type.getSuperclass();
    return annotations(type).allMatch(ImmutableTypes::isHarmless)
        && Stream.of(type.getInterfaces()).allMatch(ImmutableTypes::isWrittenAsItIs)
        && (above == null || isWrittenAsItIs(above));
  }

  /**
   * Returns whether, moreover, no annotation gives a property or constant of a class another name.
   */
  static boolean isNamedAsItIs(Class<?> type) {
    return isWrittenAsItIs(type)
        && annotations(type).noneMatch(JsonProperty.class::isInstance)
        && Stream.of(type.getInterfaces()).allMatch(ImmutableTypes::isNamedAsItIs);
  }

  private static Stream<Annotation> annotations(Class<?> type) {
    Stream<AnnotatedElement> own =
        Stream.of(
                Stream.of(type),
                Stream.of(type.getDeclaredFields()),
                Stream.of(type.getDeclaredMethods()),
                Stream.of(type.getDeclaredConstructors()),
                Stream.of(type.getDeclaredConstructors())
                    .flatMap(c -> Stream.of(c.getParameters())),
                Stream.of(type.getDeclaredMethods()).flatMap(m -> Stream.of(m.getParameters())))
            .flatMap(each -> each);
    return own.flatMap(element -> Stream.of(element.getDeclaredAnnotations()));
  }

  private static boolean isHarmless(Annotation annotation) {
    Class<? extends Annotation> type = annotation.annotationType();
    if (annotation instanceof JsonProperty property) {
      return property.access() == JsonProperty.Access.AUTO;
    }
    boolean isForJackson =
        type.isAnnotationPresent(JacksonAnnotation.class)
            || type.isAnnotationPresent(JacksonAnnotationsInside.class)
            || type.getName().startsWith("java.beans.");
    return !isForJackson || HARMLESS.contains(type);
  }
}
