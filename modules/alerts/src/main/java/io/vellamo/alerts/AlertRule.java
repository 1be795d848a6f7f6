package io.vellamo.alerts;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * A rule about the events of one key, and how its violation is reported.
 *
 * <pre>{@code
 * AlertRule<Reading> tooCold =
 *     AlertRule.when((Reading reading) -> reading.value() < 60)
 *         .lasting(Duration.ofMinutes(15))
 *         .clearsWhen(reading -> reading.value() > 65)
 *         .remindingEvery(Duration.ofHours(4))
 *         .named("machine-too-cold");
 * AlertRule<Reading> silent =
 *     AlertRule.<Reading>whenSilentFor(Duration.ofHours(1)).named("machine-silent");
 * }</pre>
 *
 * <p>A rule without a name is a builder; {@code named} ends it. {@link AlertRules} applies rules to
 * the groups of a stream, and defines their semantics.
 *
 * <p><b>Threading</b> Immutable; the functions of a rule are called from several threads at once.
 *
 * @param <V> the events
 * @since 0.1
 */
public final class AlertRule<V> {
  /** The variables and timers of a rule have its name, after a prefix of up to 10 characters. */
  private static final int LONGEST_NAME = 90;

  private final String name;
  private final RuleSettings<V> settings;

  AlertRule(String name, RuleSettings<V> settings) {
    requireNonNull(name, "name");
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "name must have from 1 to %d characters and not be blank, was [%s]"
              .formatted(LONGEST_NAME, name));
    }
    this.name = name;
    this.settings = settings;
  }

  /**
   * Returns the builder of a rule that is violated while a condition holds.
   *
   * <p>The condition holds from an event for which the predicate is true until the next event for
   * which it is false, however long that takes.
   *
   * @param condition returns whether an event violates the rule; without side effects. Give the
   *     parameter of a lambda expression its type, or the compiler can't infer it
   * @param <V> the events
   * @return a builder that triggers at the first event that violates the rule, and resolves at the
   *     next one that does not
   */
  public static <V> ConditionBuilder<V> when(Predicate<V> condition) {
    return new ConditionBuilder<>(
        RuleSettings.of(requireNonNull(condition, "condition"), Duration.ZERO));
  }

  /**
   * Returns the builder of a rule that is violated by a key without events, a dead-man rule. It
   * applies to keys that have had an event, and the next event resolves the incident.
   *
   * @param silence how long a key must have no event, from 1 ms to 36,500 days; an event exactly
   *     that long after the last one is in time
   * @param <V> the events
   * @return a builder
   * @throws IllegalArgumentException if {@code silence} is out of range
   */
  public static <V> SilenceBuilder<V> whenSilentFor(Duration silence) {
    return new SilenceBuilder<>(RuleSettings.of(null, RuleSettings.positive("silence", silence)));
  }

  /**
   * Returns the name.
   *
   * @return the name, which identifies the rule in the journal and in incidents
   */
  public String name() {
    return name;
  }

  RuleSettings<V> settings() {
    return settings;
  }

  @Override
  public String toString() {
    return "AlertRule[" + name + "]";
  }
}
