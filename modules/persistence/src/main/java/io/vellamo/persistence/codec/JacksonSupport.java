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

/**
 * A check, before the first event, that Jackson can handle a class, and the wording of failures.
 */
final class JacksonSupport {
  private JacksonSupport() {}

  /**
   * Checks that a class can be written and read.
   *
   * @param mapper a mapper for checking
   * @param type the class
   * @param className its name, for the message
   * @param role the purpose of the class, such as {@code state}
   * @param use how its values are used
   * @param known receives the classes that values consist of
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
    } catch (StackOverflowError e) {
      throw new SerializationException(
          className,
          "%s class [%s] can't be kept: the type arguments of a class that contains itself grow without end; let it contain itself with the same arguments"
              .formatted(role, className),
          null);
    }
    if (problem != null) {
      throw new SerializationException(
          className,
          "%s class [%s] can't %s; %s".formatted(role, className, problem.what(), problem.remedy()),
          null);
    }
  }

  /**
   * Returns the failure to read stored bytes; it names the class and property, but never a value.
   *
   * @param remedy the end of the message: the reason if there is one, and the remedy
   */
  static SerializationException unreadable(
      String className, String role, String remedy, Exception cause) {
    return new SerializationException(
        className,
        "%s class [%s] can't be read%s%s".formatted(role, className, where(cause), remedy),
        withoutPayload(cause));
  }

  /**
   * Returns the property that a failure of Jackson concerns, as a part of a message; empty if there
   * is none.
   */
  static String where(@Nullable Exception cause) {
    if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream()
          .map(JacksonSupport::step)
          .collect(Collectors.joining(".", " at property [", "]"));
    }
    return "";
  }

  /**
   * Returns a failure with the type and stack of another, but without its text: Jackson's messages
   * may quote values.
   */
  static RuntimeException withoutPayload(Throwable cause) {
    RuntimeException safe = new IllegalStateException(cause.getClass().getName());
    safe.setStackTrace(cause.getStackTrace());
    return safe;
  }

  /** Returns a mapper's context for reading. */
  static DeserializationContext reading(ObjectMapper mapper) {
    return ((DefaultDeserializationContext) mapper.getDeserializationContext())
        .createInstance(mapper.getDeserializationConfig(), null, null);
  }

  private static DefaultSerializerProvider writing(ObjectMapper mapper) {
    return ((DefaultSerializerProvider) mapper.getSerializerProvider())
        .createInstance(mapper.getSerializationConfig(), mapper.getSerializerFactory());
  }

  /** Returns a property or an index; the key of a map is user data and is omitted. */
  private static String step(JsonMappingException.Reference step) {
    Object from = step.getFrom();
    if (from instanceof Map
        || (from instanceof Class<?> type && Map.class.isAssignableFrom(type))) {
      return "*";
    }
    return step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName();
  }
}
