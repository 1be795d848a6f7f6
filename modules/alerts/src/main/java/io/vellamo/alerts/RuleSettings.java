package io.vellamo.alerts;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a rule.
 *
 * @param condition whether an event violates the rule; null for a rule about silence
 * @param clear whether an event ends an incident; null if every event does that does not violate
 *     the rule
 * @param lasting how long the rule must be violated until an incident is triggered
 * @param coolDown how long after the end of an incident no other is triggered
 * @param reminder the time between two reminders; null for no reminders
 */
record RuleSettings<V>(
    @Nullable Predicate<? super V> condition,
    @Nullable Predicate<? super V> clear,
    Duration lasting,
    Duration coolDown,
    @Nullable Duration reminder,
    Severity severity,
    @Nullable ToDoubleFunction<? super V> value,
    @Nullable Function<? super V, String> summary) {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static <V> RuleSettings<V> of(@Nullable Predicate<? super V> condition, Duration lasting) {
    return new RuleSettings<>(
        condition, null, lasting, Duration.ZERO, null, Severity.ERROR, null, null);
  }

  /** Returns whether the rule is violated by the absence of events. */
  boolean isAboutSilence() {
    return condition == null;
  }

  RuleSettings<V> withClear(Predicate<? super V> newClear) {
    return new RuleSettings<>(
        condition, newClear, lasting, coolDown, reminder, severity, value, summary);
  }

  RuleSettings<V> withLasting(Duration newLasting) {
    return new RuleSettings<>(
        condition, clear, newLasting, coolDown, reminder, severity, value, summary);
  }

  RuleSettings<V> withCoolDown(Duration newCoolDown) {
    return new RuleSettings<>(
        condition, clear, lasting, newCoolDown, reminder, severity, value, summary);
  }

  RuleSettings<V> withReminder(Duration newReminder) {
    return new RuleSettings<>(
        condition, clear, lasting, coolDown, newReminder, severity, value, summary);
  }

  RuleSettings<V> withSeverity(Severity newSeverity) {
    return new RuleSettings<>(
        condition, clear, lasting, coolDown, reminder, newSeverity, value, summary);
  }

  RuleSettings<V> withValue(ToDoubleFunction<? super V> newValue) {
    return new RuleSettings<>(
        condition, clear, lasting, coolDown, reminder, severity, newValue, summary);
  }

  RuleSettings<V> withSummary(Function<? super V, String> newSummary) {
    return new RuleSettings<>(
        condition, clear, lasting, coolDown, reminder, severity, value, newSummary);
  }

  /** Returns a duration in whole milliseconds, at least 1. */
  static Duration positive(String name, Duration duration) {
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw refusal(name, "from 1 ms to 36500 days", duration);
    }
    return Duration.ofMillis(duration.toMillis());
  }

  /** Returns a duration in whole milliseconds, at least 0. */
  static Duration notNegative(String name, Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw refusal(name, "from 0 to 36500 days", duration);
    }
    return Duration.ofMillis(duration.toMillis());
  }

  private static IllegalArgumentException refusal(String name, String range, Duration found) {
    return new IllegalArgumentException("%s must be %s, was [%s]".formatted(name, range, found));
  }
}
