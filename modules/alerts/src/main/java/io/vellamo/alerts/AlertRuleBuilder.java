package io.vellamo.alerts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The settings that all kinds of {@link AlertRule} have. Each method returns another builder.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param <V> the events
 * @param <B> the builder itself
 * @since 0.1
 */
public abstract sealed class AlertRuleBuilder<V, B extends AlertRuleBuilder<V, B>>
    permits ConditionBuilder, SilenceBuilder {
  private final RuleSettings<V> settings;

  AlertRuleBuilder(RuleSettings<V> settings) {
    this.settings = settings;
  }

  final RuleSettings<V> settings() {
    return settings;
  }

  abstract B with(RuleSettings<V> newSettings);

  /**
   * Sets how long after the end of an incident no other is triggered. If the rule is still violated
   * when the time is over, and has been for long enough, the next incident is triggered then.
   *
   * @param coolDown from 0, the default, to 36,500 days
   * @return a builder
   * @throws IllegalArgumentException if {@code coolDown} is out of range
   */
  public B coolingDownFor(Duration coolDown) {
    return with(settings.withCoolDown(RuleSettings.notNegative("coolDown", coolDown)));
  }

  /**
   * Emits reminders while an incident lasts. By default there are none.
   *
   * @param interval the time from the trigger to the first reminder, and from each to the next,
   *     from 1 ms to 36,500 days
   * @return a builder
   * @throws IllegalArgumentException if {@code interval} is out of range
   */
  public B remindingEvery(Duration interval) {
    return with(settings.withReminder(RuleSettings.positive("interval", interval)));
  }

  /**
   * Sets the severity of the alerts.
   *
   * @param severity the severity; {@link Severity#ERROR} by default
   * @return a builder
   */
  public B withSeverity(Severity severity) {
    return with(settings.withSeverity(requireNonNull(severity, "severity")));
  }

  /**
   * Sets the value of the alerts.
   *
   * @param value returns the value of an event; without side effects
   * @return a builder
   */
  public B withValue(ToDoubleFunction<? super V> value) {
    return with(settings.withValue(requireNonNull(value, "value")));
  }

  /**
   * Sets the summary of the alerts, for people.
   *
   * @param summary returns a short text about an event; without side effects
   * @return a builder
   */
  public B withSummary(Function<? super V, String> summary) {
    return with(settings.withSummary(requireNonNull(summary, "summary")));
  }

  /**
   * Returns the rule.
   *
   * @param name the name, from 1 to 90 characters, not blank. It identifies the rule in the
   *     journal: a rule of another name begins without state
   * @return the rule
   * @throws IllegalArgumentException if {@code name} is blank or too long
   */
  public AlertRule<V> named(String name) {
    return new AlertRule<>(name, settings);
  }
}
