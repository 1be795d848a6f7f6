package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Map;

/**
 * Says what is wrong with an entry, and where, without its content: Jackson's own messages quote
 * it.
 */
final class EntryFault {
  private EntryFault() {}

  static String reason(IOException fault, EntryScanner entry, Class<?> eventClass) {
    int malformed = malformedByte(entry);
    if (malformed >= 0) {
      return "line must be UTF-8, was malformed at byte [%d]".formatted(malformed + 1);
    }
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

  /** Returns the index of the first byte that is not UTF-8; −1 if there is none. */
  private static int malformedByte(EntryScanner entry) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(entry.buffer(), entry.from(), entry.length());
    CharBuffer ignored = CharBuffer.allocate(entry.length());
    CoderResult result = decoder.decode(bytes, ignored, true);
    return result.isMalformed() ? bytes.position() - entry.from() : -1;
  }
}
