package io.vellamo.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A parser of the header {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /**
   * Returns the requested pause.
   *
   * @param text a number of seconds, or a date
   * @param date the answer's own date, from which a pause until another date is counted: the clocks
   *     of both sides may differ
   * @return null if the text is neither, or there is no date to count from
   */
  static @Nullable Duration parse(String text, String date) {
    String value = text.strip();
    if (!value.isEmpty()
        && value.length() <= MOST_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Instant until = instant(value);
    Instant from = instant(date.strip());
    if (until == null || from == null) {
      return null;
    }
    return until.isAfter(from) ? Duration.between(from, until) : Duration.ZERO;
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
