package io.vellamo.alerts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * A builder of a rule that is violated while a condition holds; see {@link AlertRule#when}.
 *
 * @param <V> the events
 * @since 0.1
 */
public final class ConditionBuilder<V> extends AlertRuleBuilder<V, ConditionBuilder<V>> {
  ConditionBuilder(RuleSettings<V> settings) {
    super(settings);
  }

  /**
   * Sets how long the condition must hold until an incident is triggered.
   *
   * @param duration from 0, the default, to 36,500 days. An event exactly that long after the first
   *     one is still considered: if the condition does not hold for it, nothing is triggered
   * @return a builder
   * @throws IllegalArgumentException if {@code duration} is out of range
   */
  public ConditionBuilder<V> lasting(Duration duration) {
    return with(settings().withLasting(RuleSettings.notNegative("duration", duration)));
  }

  /**
   * Sets the condition that ends an incident. An event for which neither condition is true leaves
   * an incident open; one for which both are true ends it, and does not begin another.
   *
   * @param condition returns whether an event ends an incident; without side effects. The default
   *     is the opposite of the rule's condition
   * @return a builder
   */
  public ConditionBuilder<V> clearsWhen(Predicate<? super V> condition) {
    return with(settings().withClear(requireNonNull(condition, "condition")));
  }

  @Override
  ConditionBuilder<V> with(RuleSettings<V> newSettings) {
    return new ConditionBuilder<>(newSettings);
  }
}
