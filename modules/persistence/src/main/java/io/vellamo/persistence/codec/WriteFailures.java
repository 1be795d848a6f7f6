package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.vellamo.api.SerializationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures to write a single value; they name class, property, reason and remedy, never the value.
 */
final class WriteFailures {
  private static final int DEEPEST_CAUSE = 100;

  private WriteFailures() {}

  /** Returns the failure to write a value, or the {@link SerializationException} that caused it. */
  static SerializationException of(Class<?> type, String role, Exception cause) {
    for (Throwable each : causes(cause)) {
      if (each instanceof SerializationException ofPart) {
        return ofPart;
      }
    }
    return SerializationException.ofValue(
        type.getName(),
        "%s class [%s] can't be written%s: %s"
            .formatted(role, type.getName(), JacksonSupport.where(cause), reason(cause)),
        JacksonSupport.withoutPayload(cause));
  }

  /** Returns the failure to write a value of a subclass of the class that it would be read as. */
  static SerializationException ofSubclass(Class<?> declared, Class<?> found, String role) {
    return SerializationException.ofValue(
        declared.getName(),
        "%s class [%s] can't be written: a [%s] would be read as its base; use the declared class, or give it @JsonTypeInfo"
            .formatted(role, declared.getName(), found.getName()),
        null);
  }

  private static String reason(Exception failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable each : causes) {
      String reason = known(each);
      if (reason != null) {
        return reason;
      }
    }
    for (Throwable each : causes) {
      if (!(each instanceof JacksonException)) {
        return "its code threw [%s]; let getters and serializers return a value"
            .formatted(each.getClass().getName());
      }
    }
    return "Jackson refuses its value with [%s]; %s"
        .formatted(failure.getClass().getSimpleName(), TypeProblem.USE_A_RECORD);
  }

  /**
   * Returns the reason for a known cause, or null; some causes differ only in Jackson's message.
   */
  private static @Nullable String known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof RefusedValueException refused) {
      return refused.reason();
    }
    if (cause instanceof StreamConstraintsException) {
      return "it is nested deeper than [%d]; refer to parts by their ids"
          .formatted(StreamWriteConstraints.DEFAULT_MAX_DEPTH);
    }
    if (cause instanceof StackOverflowError
        || message.startsWith("Infinite recursion")
        || message.startsWith("Direct self-reference")) {
      return "it holds itself, or is nested too deeply; refer to parts by their ids";
    }
    if (cause instanceof JacksonException && message.contains("urrogate")) {
      return "a text has an unpaired surrogate; cut text only between code points";
    }
    if (cause instanceof JacksonException && message.startsWith("Null key for a Map")) {
      return "a map has a null key; use another key for what has none";
    }
    if (cause instanceof InvalidDefinitionException) {
      return "a value in it has a class that Jackson can't write; declare the classes of all values";
    }
    return null;
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = failure;
        each != null && causes.size() < DEEPEST_CAUSE;
        each = each.getCause()) {
      causes.add(each);
    }
    return causes;
  }
}
