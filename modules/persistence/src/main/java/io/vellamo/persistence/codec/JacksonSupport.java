package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import io.vellamo.api.SerializationException;
import io.vellamo.persistence.codec.TypeCheck.Use;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out before the first event whether Jackson can handle a class, and words its failures. */
final class JacksonSupport {
  private JacksonSupport() {}

  /**
   * Checks that a class can be written and read.
   *
   * @param mapper a mapper that only checks
   * @param type the class
   * @param className its name, for the message
   * @param role what the class is for, such as {@code state}
   * @param use how its values are used
   * @param known takes the classes that values consist of
   * @throws SerializationException if it can't
   */
  static void check(
      ObjectMapper mapper,
      JavaType type,
      String className,
      String role,
      Use use,
      KnownClasses known) {
    TypeProblem problem;
    try {
      problem = new TypeCheck(writing(mapper), reading(mapper), known, use).problem(type);
    } catch (JsonMappingException e) {
      throw new SerializationException(
          className,
          "%s class [%s] can't be handled by Jackson%s; %s"
              .formatted(role, className, where(e), TypeProblem.USE_A_RECORD),
          withoutPayload(e));
    }
    if (problem != null) {
      throw new SerializationException(
          className,
          "%s class [%s] can't %s; %s".formatted(role, className, problem.what(), problem.remedy()),
          null);
    }
  }

  /**
   * Returns the failure to read what was written; names class and property, and never a value.
   *
   * @param remedy what to do, with all that leads to it
   */
  static SerializationException unreadable(
      String className, String role, String remedy, Exception cause) {
    return new SerializationException(
        className,
        "%s class [%s] can't be read%s%s".formatted(role, className, where(cause), remedy),
        withoutPayload(cause));
  }

  /** Returns the property that a failure of Jackson is about, in words; empty if there is none. */
  static String where(@Nullable Exception cause) {
    if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream()
          .map(JacksonSupport::step)
          .collect(Collectors.joining(".", " at property [", "]"));
    }
    return "";
  }

  /** Jackson's messages may quote values; its type and stack are kept, its text is not. */
  static RuntimeException withoutPayload(Throwable cause) {
    RuntimeException safe = new IllegalStateException(cause.getClass().getName());
    safe.setStackTrace(cause.getStackTrace());
    return safe;
  }

  /** Returns what Jackson reads a class by. */
  static DeserializationContext reading(ObjectMapper mapper) {
    return ((DefaultDeserializationContext) mapper.getDeserializationContext())
        .createInstance(mapper.getDeserializationConfig(), null, null);
  }

  private static DefaultSerializerProvider writing(ObjectMapper mapper) {
    return ((DefaultSerializerProvider) mapper.getSerializerProvider())
        .createInstance(mapper.getSerializationConfig(), mapper.getSerializerFactory());
  }

  /** Returns a property or an index; the key of a map is user data and stays out. */
  private static String step(JsonMappingException.Reference step) {
    Object from = step.getFrom();
    if (from instanceof Map
        || (from instanceof Class<?> type && Map.class.isAssignableFrom(type))) {
      return "*";
    }
    return step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName();
  }
}
