package io.vellamo.cli.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.EntryChange;
import io.vellamo.replay.EntryChange.Effect;
import io.vellamo.replay.EntryView;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.ParkedView;
import io.vellamo.replay.VariableView;
import io.vellamo.replay.VariableView.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
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

  /** Returns the content of a group in a word or two for each of its variables. */
  static String content(GroupView group) {
    if (group.variables().isEmpty()) {
      return orNone(group.state());
    }
    return group.variables().stream()
        .map(
            variable ->
                variable.kind() == Kind.VALUE && !variable.entries().isEmpty()
                    ? variable.name() + " " + variable.entries().get(0).value()
                    : variable.name() + " " + count(variable.kind(), variable.entryCount()))
        .collect(Collectors.joining(", "));
  }

  private static String count(Kind kind, long count) {
    String one = kind == Kind.TIMERS ? "timer" : "entry";
    String many = kind == Kind.TIMERS ? "timers" : "entries";
    return number(count) + " " + (count == 1 ? one : many);
  }

  /** Prints a variable, or timers of a name, with its entries. */
  static void variable(Terminal terminal, String indent, VariableView variable) {
    Kind kind = variable.kind();
    String name = variable.name() + (variable.isDropped() ? " (dropped)" : "");
    String front = "%s%-7s  %s".formatted(indent, kind.name().toLowerCase(Locale.ROOT), name);
    if (kind == Kind.VALUE && variable.entries().size() == 1) {
      terminal.print(front + "  " + entry(kind, variable.entries().get(0)));
      return;
    }
    terminal.print(front + "  " + count(kind, variable.entryCount()));
    String inner = indent + "         ";
    variable.entries().forEach(entry -> terminal.print(inner + entry(kind, entry)));
    long more = variable.entryCount() - variable.entries().size();
    if (more > 0 && !variable.entries().isEmpty()) {
      terminal.print(inner + "and %s more".formatted(number(more)));
    }
  }

  private static String entry(Kind kind, EntryView entry) {
    String key = entry.key() == null ? "" : entry.key() + "  ";
    if (kind == Kind.TIMERS) {
      return key + "at " + moment(entry.dueMillis());
    }
    String value = key + entry.value();
    return entry.dueMillis() == null ? value : value + "  expires " + moment(entry.dueMillis());
  }

  /** Returns a change of a variable in words. */
  static String change(EntryChange change) {
    String front = change.effect() + " " + change.variable();
    if (change.effect() == Effect.CLEARED || change.effect() == Effect.DROPPED) {
      return front + " " + count(change.kind(), change.entryCount());
    }
    if (change.entryCount() > 1) {
      return front + " " + count(change.kind(), change.entryCount());
    }
    String key = change.key() == null ? "" : " " + change.key();
    String value = change.value() == null ? "" : " " + change.value();
    String due =
        change.dueMillis() == null
            ? ""
            : (change.effect() == Effect.PUT ? ", expires " : " at ") + moment(change.dueMillis());
    return front + key + value + due;
  }

  /** Prints a group in a few lines. */
  static void group(Terminal terminal, GroupView group) {
    terminal.print("  key      " + key(group.key()));
    content(terminal, group);
    terminal.print("  size     %s bytes".formatted(number(group.bytes())));
  }

  /** Prints what is kept of a group. */
  static void content(Terminal terminal, GroupView group) {
    if (group.variables().isEmpty()) {
      terminal.print("  state    " + orNone(group.state()));
      terminal.print("  timeout  " + moment(group.timeoutMillis()));
    }
    group.variables().forEach(variable -> variable(terminal, "  ", variable));
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
  }

  /** Prints the effect of an epoch on a group. */
  static void epoch(Terminal terminal, GroupEpoch epoch, boolean hasVariables) {
    terminal.print(
        "epoch %s  %s  planned %s  watermark %s"
            .formatted(
                number(epoch.epoch()),
                epoch.effect(),
                epoch.processingTime() == null ? "at a time not known" : epoch.processingTime(),
                watermark(epoch.watermark())));
    if (epoch.inputs() != null) {
      epoch.inputs().forEach(input -> terminal.print("  input    " + input));
    }
    if (epoch.parked() != null) {
      epoch.parked().forEach(event -> terminal.print("  parked   " + event));
    }
    if (!hasVariables) {
      terminal.print("  state    " + orNone(epoch.state()));
      terminal.print("  timeout  " + moment(epoch.timeoutMillis()));
    }
    epoch.changes().forEach(change -> terminal.print("  change   " + change(change)));
    for (int row = 0; row < epoch.rows().size(); row++) {
      terminal.print("  row      " + epoch.rows().get(row));
      terminal.print("  row id   " + epoch.rowIds().get(row));
    }
  }
}
