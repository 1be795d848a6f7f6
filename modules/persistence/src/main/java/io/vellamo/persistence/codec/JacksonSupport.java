package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import io.vellamo.api.SerializationException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out before the first event whether Jackson can handle a class, and words its failures. */
final class JacksonSupport {
  private static final String REMEDY =
      "; use a record, or a class with a constructor and getters that Jackson can use";

  private JacksonSupport() {}

  /**
   * Checks that a class can be written and read.
   *
   * @param role what the class is for, such as {@code state}
   * @throws SerializationException if it can't
   */
  static void check(ObjectMapper mapper, Class<?> type, String role) {
    try {
      checkWritable(mapper, type, role);
      checkReadable(mapper, type, role);
    } catch (JsonMappingException e) {
      throw failure(type.getName(), role, "be handled by Jackson", e);
    }
  }

  /** Returns a failure that names class and property, and never a value. */
  static SerializationException failure(
      String className, String role, String problem, @Nullable Exception cause) {
    return failure(className, role, problem, REMEDY, cause);
  }

  /**
   * Returns the failure to read what was written; names class and property, and never a value.
   *
   * @param remedy what to do, with all that leads to it
   */
  static SerializationException unreadable(
      String className, String role, String remedy, Exception cause) {
    return failure(className, role, "be read", remedy, cause);
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

  private static SerializationException failure(
      String className, String role, String problem, String remedy, @Nullable Exception cause) {
    return new SerializationException(
        className,
        "%s class [%s] can't %s%s%s".formatted(role, className, problem, where(cause), remedy),
        cause == null ? null : withoutPayload(cause));
  }

  private static void checkWritable(ObjectMapper mapper, Class<?> type, String role)
      throws JsonMappingException {
    JsonSerializer<?> serializer = provider(mapper).findValueSerializer(type);
    if (serializer instanceof UnknownSerializer) {
      throw failure(type.getName(), role, "be written: Jackson finds no properties in it", null);
    }
  }

  private static void checkReadable(ObjectMapper mapper, Class<?> type, String role)
      throws JsonMappingException {
    JavaType javaType = mapper.constructType(type);
    String problem = new JacksonReadability(provider(mapper), reading(mapper)).problem(javaType);
    if (problem != null) {
      throw failure(type.getName(), role, "be read: " + problem, null);
    }
  }

  private static DefaultSerializerProvider provider(ObjectMapper mapper) {
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
