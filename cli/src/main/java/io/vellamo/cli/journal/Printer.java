package io.vellamo.cli.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.ParkedView;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Output of results in the requested format, and the forms of values that all tables share. */
final class Printer {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Printer() {}

  /** Prints a result as JSON, or runs an action that prints it as a table. */
  static void print(
      Terminal terminal, JournalOptionsMixin.Format format, Object result, Runnable table) {
    if (format == JournalOptionsMixin.Format.TABLE) {
      table.run();
      return;
    }
    try {
      terminal.print(JSON.writeValueAsString(result));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result can't be written as JSON", e);
    }
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a key as text: a string without quotes, any other key as JSON. */
  static String key(JsonNode key) {
    return key.isTextual() ? key.textValue() : key.toString();
  }

  /** Returns the number of a parked group's pending events, in words; empty if it is not parked. */
  static String waiting(GroupView group) {
    ParkedView parked = group.parked();
    return parked == null ? "" : number(parked.events().size()) + " wait";
  }

  static String orNone(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }

  /** Returns a watermark in words; a drained query has the end of time. */
  static String watermark(@Nullable Instant watermark) {
    return watermark != null && watermark.toEpochMilli() == Long.MAX_VALUE
        ? "end of time"
        : orNone(watermark);
  }

  static String moment(@Nullable Long millis) {
    return millis == null ? "none" : Instant.ofEpochMilli(millis).toString();
  }

  /** Prints a group in a few lines. */
  static void group(Terminal terminal, GroupView group) {
    terminal.print("  key      " + key(group.key()));
    terminal.print("  state    " + orNone(group.state()));
    terminal.print("  timeout  " + moment(group.timeoutMillis()));
    ParkedView parked = group.parked();
    if (parked != null) {
      terminal.print(
          "  parked   since epoch %s by %s%s, %s events wait"
              .formatted(
                  number(parked.sinceEpoch()),
                  parked.error(),
                  parked.requested() == null ? "" : ", " + parked.requested() + " requested",
                  number(parked.events().size())));
      parked.events().forEach(event -> terminal.print("  waits    " + event));
    }
    terminal.print("  size     %s bytes".formatted(number(group.bytes())));
  }
}
