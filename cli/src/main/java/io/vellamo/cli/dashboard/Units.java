package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers, sizes and durations as the dashboard's page writes them. */
final class Units {
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final double KIBI = 1024;

  private Units() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a rate: whole from 100 on, else with three digits at most. */
  static String rate(double value) {
    return value >= 100 || value == Math.rint(value)
        ? count(Math.round(value))
        : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  static String bytes(double value) {
    int unit = 0;
    double size = value;
    while (size >= KIBI && unit < BYTES.length - 1) {
      size /= KIBI;
      unit++;
    }
    String format = unit == 0 || size >= 100 ? "%.0f %s" : size >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, size, BYTES[unit]);
  }

  static String share(double part) {
    return String.format(Locale.ROOT, "%.1f %%", part * 100);
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Returns a duration; from a minute on in two units. */
  static String duration(Duration value) {
    if (value.isNegative()) {
      return "-" + duration(value.negated());
    }
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      return value.toNanos() < 10_000_000
          ? String.format(Locale.ROOT, "%.1f ms", value.toNanos() / 1e6)
          : value.toMillis() + " ms";
    }
    if (value.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", value.toMillis() / 1e3);
    }
    if (value.compareTo(Duration.ofHours(1)) < 0) {
      return "%d min %d s".formatted(value.toMinutes(), value.toSecondsPart());
    }
    return value.toDays() == 0
        ? "%d h %d min".formatted(value.toHours(), value.toMinutesPart())
        : "%s days %d h".formatted(count(value.toDays()), value.toHoursPart());
  }

  /** Returns the duration of a report; zero if it has none. */
  static Duration duration(JsonNode node) {
    return node.isTextual() ? Duration.parse(node.textValue()) : Duration.ZERO;
  }

  /** Returns the time between two times of a report; zero if one is missing. */
  static Duration between(JsonNode from, JsonNode until) {
    try {
      return Duration.between(Instant.parse(from.asText()), Instant.parse(until.asText()));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  /** Returns a time without its fraction. */
  static String time(JsonNode time) {
    return time.asText().replaceFirst("(\\.\\d+)?Z$", "Z");
  }
}
