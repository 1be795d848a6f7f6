package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of what is wrong with an entry, and at which position, without its content, which
 * Jackson's own messages quote.
 */
final class EntryFault {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

  /** The CSV parser tells it by its message only. */
  private static final Pattern OUT_OF_RANGE = Pattern.compile("out of range of (\\w+)");

  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d*\\.?\\d+([eE][+-]?\\d+)?");

  private EntryFault() {}

  static String reason(IOException fault) {
    if (fault instanceof LineFaultException) {
      return String.valueOf(fault.getMessage());
    }
    if (fault instanceof JsonMappingException mapping) {
      return reason(mapping);
    }
    return fault instanceof StreamConstraintsException
        ? "line must keep to the limits of nesting and numbers, does not at column [%d]"
            .formatted(column(fault))
        : "line must be well-formed, is broken at column [%d]".formatted(column(fault));
  }

  /** Returns the reason for a value of another type than expected, and the token found instead. */
  static String reason(
      MismatchedInputException fault, @Nullable JsonToken found, Class<?> eventClass) {
    if (fault.getOriginalMessage().startsWith("Trailing token")) {
      return "line must hold one value, has more after it";
    }
    Class<?> target = fault.getTargetType();
    Class<?> expected = target == null ? eventClass : target;
    return "%s must be %s, found %s"
        .formatted(place(fault), kindOf(expected), found(fault, found, expected));
  }

  private static String reason(JsonMappingException fault) {
    Throwable cause = fault.getCause();
    if (fault instanceof ValueInstantiationException) {
      return "%s must be accepted by its class, which threw [%s]"
          .formatted(place(fault), (cause == null ? fault : cause).getClass().getName());
    }
    if (cause instanceof InputCoercionException number) {
      return "%s must be of type [%s], found a number out of its range"
          .formatted(place(fault), number.getTargetType().getSimpleName());
    }
    String type = cause instanceof StreamReadException parsing ? rangeOf(parsing) : null;
    if (type != null) {
      return "%s must be of type [%s], found a number out of its range"
          .formatted(place(fault), type);
    }
    if (cause instanceof StreamConstraintsException) {
      return "%s must keep to the limits of nesting and numbers".formatted(place(fault));
    }
    if (cause instanceof JsonProcessingException || fault.getPath().isEmpty()) {
      return "line must be well-formed, is broken at column [%d]".formatted(column(fault));
    }
    return "%s must be readable, failed with [%s]"
        .formatted(place(fault), (cause == null ? fault : cause).getClass().getSimpleName());
  }

  private static @Nullable String rangeOf(StreamReadException fault) {
    Matcher range = OUT_OF_RANGE.matcher(fault.getOriginalMessage());
    return range.find() ? range.group(1) : null;
  }

  private static String kindOf(Class<?> expected) {
    return expected.isEnum()
        ? "one of " + Arrays.toString(expected.getEnumConstants())
        : "of type [" + expected.getSimpleName() + "]";
  }

  private static String found(
      MismatchedInputException fault, @Nullable JsonToken token, Class<?> expected) {
    if (fault.getOriginalMessage().contains(NumericTimeDeserializer.NO_UNIT)) {
      return "a number without a unit; choose one with withNumericTimes";
    }
    if (fault.getOriginalMessage().contains(NumericTimeDeserializer.OUT_OF_RANGE)
        || (token == JsonToken.VALUE_NUMBER_INT && isNumber(expected))) {
      return "a number out of its range";
    }
    if (token == JsonToken.VALUE_STRING && fault instanceof InvalidFormatException format) {
      return foundText(String.valueOf(format.getValue()).strip(), expected);
    }
    return token == null ? "nothing" : found(token);
  }

  private static String foundText(String text, Class<?> expected) {
    if (text.isEmpty()) {
      return "an empty text";
    }
    if (isNumber(expected)) {
      if (WHOLE.matcher(text).matches()) {
        return "a number out of its range";
      }
      return DECIMAL.matcher(text).matches() ? "a decimal number" : "a text that is no number";
    }
    return "a text of [%d] characters that is none".formatted(text.length());
  }

  private static boolean isNumber(Class<?> type) {
    return Number.class.isAssignableFrom(type)
        || (type.isPrimitive() && type != boolean.class && type != char.class);
  }

  private static String found(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a decimal number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case END_OBJECT -> "nothing";
      default -> "something else";
    };
  }

  private static String place(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFrom() instanceof Map) {
        path.append("[*]"); // the key is content
      } else if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "line" : "property [" + path + "]";
  }

  private static int column(@Nullable Throwable fault) {
    JsonLocation location =
        fault instanceof JsonProcessingException processing ? processing.getLocation() : null;
    return location == null ? 1 : Math.max(1, location.getColumnNr());
  }
}
