package io.vellamo.alerts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link AlertRules}: a change of an incident.
 *
 * <p>An incident is one period during which a rule was violated for one key. Its alerts are one
 * {@link AlertKind#TRIGGERED}, any number of {@link AlertKind#REMINDED}, and one {@link
 * AlertKind#RESOLVED} once it has ended, in this order.
 *
 * <p><b>Time</b> All times are in the clock of the rules: event time or processing time, in
 * milliseconds.
 *
 * @param rule the name of the rule
 * @param key the grouping key as text
 * @param incidentId the identity of the incident, which all of its alerts have. It depends only on
 *     the rule's name, the key and the incident's start, so it is the same in a replay of the same
 *     events and in another query. At most 123 characters
 * @param kind the change
 * @param severity the severity of the rule
 * @param startedAt the time of the first event of the period, or, for a rule about silence, of the
 *     last event before it
 * @param triggeredAt the time at which the incident was triggered
 * @param at the time of this change
 * @param value the value of the latest event at that time; null if the rule has no value
 * @param summary the summary of the latest event at that time; empty if the rule has no summary
 * @since 0.1
 */
public record Alert(
    String rule,
    String key,
    String incidentId,
    AlertKind kind,
    Severity severity,
    Instant startedAt,
    Instant triggeredAt,
    Instant at,
    @Nullable Double value,
    String summary) {
  public Alert {
    requireNonNull(rule, "rule");
    requireNonNull(key, "key");
    requireNonNull(incidentId, "incidentId");
    requireNonNull(kind, "kind");
    requireNonNull(severity, "severity");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(triggeredAt, "triggeredAt");
    requireNonNull(at, "at");
    requireNonNull(summary, "summary");
  }
}
