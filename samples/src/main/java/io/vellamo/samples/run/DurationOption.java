package io.vellamo.samples.run;

import java.time.DateTimeException;
import java.time.Duration;

/** A parser of durations that users type. */
public final class DurationOption {
  /** The longest duration; sums with event times can't overflow. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private static final String POSITIVE = "positive duration";
  private static final String NOT_NEGATIVE = "duration of zero or more";

  private DurationOption() {}

  /**
   * Returns a positive duration.
   *
   * @param option the option's name
   * @param text the text that the user typed
   * @return the duration
   * @throws BadInputException if it is zero, negative, longer than 3,650 days or no duration
   */
  public static Duration positive(String option, String text) {
    Duration duration = parse(option, POSITIVE, text);
    if (duration.isNegative() || duration.isZero()) {
      throw refusal(option, POSITIVE, text);
    }
    return duration;
  }

  /**
   * Returns a duration that may be zero.
   *
   * @param option the option's name
   * @param text the text that the user typed
   * @return the duration
   * @throws BadInputException if it is negative, longer than 3,650 days or no duration
   */
  public static Duration notNegative(String option, String text) {
    Duration duration = parse(option, NOT_NEGATIVE, text);
    if (duration.isNegative()) {
      throw refusal(option, NOT_NEGATIVE, text);
    }
    return duration;
  }

  private static Duration parse(String option, String range, String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException e) {
      throw refusal(option, range, text);
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new BadInputException(
          "%s must be at most 3650 days, was [%s]; give a shorter one".formatted(option, text));
    }
    return duration;
  }

  private static BadInputException refusal(String option, String range, String text) {
    return new BadInputException(
        "%s must be a %s, was [%s]; write 90 seconds as PT90S, 20 minutes as PT20M"
            .formatted(option, range, text));
  }
}
