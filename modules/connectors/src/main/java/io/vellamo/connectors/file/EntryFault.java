package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with an entry, and where, without its content: Jackson's own messages quote
 * it.
 */
final class EntryFault {
  private EntryFault() {}

  static String reason(IOException fault, Class<?> eventClass) {
    if (fault instanceof ValueInstantiationException refused) {
      Throwable cause = refused.getCause();
      return "%s must be accepted by its class, which threw [%s]"
          .formatted(place(refused), (cause == null ? refused : cause).getClass().getName());
    }
    if (fault instanceof MismatchedInputException mismatch) {
      Class<?> expected = mismatch.getTargetType();
      return "%s must be of type [%s], but is missing or of another kind"
          .formatted(place(mismatch), (expected == null ? eventClass : expected).getSimpleName());
    }
    if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "%s must be readable, failed with [%s]"
          .formatted(place(mapping), fault.getClass().getSimpleName());
    }
    return "line must be well-formed, is broken at column [%d]".formatted(column(fault));
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

  private static int column(IOException fault) {
    JsonLocation location =
        fault instanceof JsonProcessingException processing ? processing.getLocation() : null;
    return location == null ? 1 : location.getColumnNr();
  }

  /** Returns what is wrong with an entry's text, or null if it is well-formed. */
  static @Nullable String reasonOfText(EntryScanner entry, boolean escapes) {
    int at = EntryText.fault(entry.buffer(), entry.from(), entry.length(), escapes);
    if (at < 0) {
      return null;
    }
    int number = at - entry.from() + 1;
    return entry.buffer()[at] < 0
        ? "line must be UTF-8, was malformed at byte [%d]".formatted(number)
        : "line must hold whole characters, has half of a surrogate pair at byte [%d]"
            .formatted(number);
  }
}
