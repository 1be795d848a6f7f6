package io.vellamo.alerts;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The result of a rule's functions for one event. Verdicts are stored instead of events, so a rule
 * needs no serialization of the events, and a verdict is that of the program that received the
 * event.
 *
 * @param at the event's time
 * @param holds whether the event violates the rule; always false for a rule about silence
 * @param clears whether the event ends an incident
 * @param value the event's value; null if the rule has none
 * @param summary the event's summary; empty if the rule has none
 */
record Verdict(Instant at, boolean holds, boolean clears, @Nullable Double value, String summary) {
  static <V> Verdict of(RuleSettings<V> rule, V event, Instant at) {
    Predicate<? super V> condition = rule.condition();
    Predicate<? super V> clear = rule.clear();
    boolean violates = condition != null && condition.test(event);
    boolean clears = clear == null ? !violates : clear.test(event);
    ToDoubleFunction<? super V> value = rule.value();
    Function<? super V, String> summary = rule.summary();
    return new Verdict(
        at,
        violates && !clears,
        clears,
        value == null ? null : value.applyAsDouble(event),
        summary == null ? "" : summary.apply(event));
  }
}
