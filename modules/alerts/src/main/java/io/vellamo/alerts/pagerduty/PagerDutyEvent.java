package io.vellamo.alerts.pagerduty;

import static java.util.Objects.requireNonNull;

import io.vellamo.alerts.Alert;
import io.vellamo.alerts.AlertKind;
import io.vellamo.alerts.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of PagerDuty's Events API, version 2.
 *
 * @param action the action
 * @param dedupKey the identity of the incident, from 1 to 255 characters
 * @param summary a short text for people; PagerDuty receives its first 1,024 characters. Required
 *     for {@link PagerDutyAction#TRIGGER}, otherwise not sent
 * @param source the affected system. Required and sent like the summary
 * @param severity the severity, sent with the summary
 * @param timestamp the time of the event, sent with the summary; null for the time of arrival
 * @param details further facts by name, sent with the summary
 * @since 0.1
 */
public record PagerDutyEvent(
    PagerDutyAction action,
    String dedupKey,
    String summary,
    String source,
    Severity severity,
    @Nullable Instant timestamp,
    Map<String, String> details) {
  private static final int LONGEST_KEY = 255;

  public PagerDutyEvent {
    requireNonNull(action, "action");
    requireNonNull(summary, "summary");
    requireNonNull(source, "source");
    requireNonNull(severity, "severity");
    if (dedupKey.isEmpty() || dedupKey.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "dedupKey must have from 1 to %d characters, has [%d]"
              .formatted(LONGEST_KEY, dedupKey.length()));
    }
    if (action == PagerDutyAction.TRIGGER && (summary.isEmpty() || source.isEmpty())) {
      throw new IllegalArgumentException(
          "summary and source of a trigger must not be empty, have [%d] and [%d] characters"
              .formatted(summary.length(), source.length()));
    }
    // A copy that keeps the order, which PagerDuty shows.
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /**
   * Returns an event that opens an incident.
   *
   * @param dedupKey the identity of the incident
   * @param summary a short text for people
   * @param source the affected system
   * @param severity the severity
   * @return an event without time and details
   */
  public static PagerDutyEvent trigger(
      String dedupKey, String summary, String source, Severity severity) {
    return new PagerDutyEvent(
        PagerDutyAction.TRIGGER, dedupKey, summary, source, severity, null, Map.of());
  }

  /**
   * Returns an event that acknowledges an incident.
   *
   * @param dedupKey the identity of the incident
   * @return an event
   */
  public static PagerDutyEvent acknowledge(String dedupKey) {
    return new PagerDutyEvent(
        PagerDutyAction.ACKNOWLEDGE, dedupKey, "", "", Severity.INFO, null, Map.of());
  }

  /**
   * Returns an event that closes an incident.
   *
   * @param dedupKey the identity of the incident
   * @return an event
   */
  public static PagerDutyEvent resolve(String dedupKey) {
    return new PagerDutyEvent(
        PagerDutyAction.RESOLVE, dedupKey, "", "", Severity.INFO, null, Map.of());
  }

  /**
   * Returns the event for an alert. {@link AlertKind#TRIGGERED} opens the incident with the alert's
   * incident id. {@link AlertKind#REMINDED} is sent as a trigger too, which adds a log entry, or
   * opens the incident if somebody has closed it by hand. {@link AlertKind#RESOLVED} closes it.
   *
   * @param alert the alert
   * @return an event; its source is the alert's key
   */
  public static PagerDutyEvent of(Alert alert) {
    if (alert.kind() == AlertKind.RESOLVED) {
      return resolve(alert.incidentId());
    }
    Map<String, String> details = new LinkedHashMap<>();
    details.put("rule", alert.rule());
    details.put("kind", alert.kind().name());
    details.put("started at", alert.startedAt().toString());
    details.put("triggered at", alert.triggeredAt().toString());
    if (alert.value() != null) {
      details.put("value", alert.value().toString());
    }
    return new PagerDutyEvent(
        PagerDutyAction.TRIGGER,
        alert.incidentId(),
        alert.summary().isEmpty() ? alert.rule() + ": " + alert.key() : alert.summary(),
        alert.key().isEmpty() ? alert.rule() : alert.key(),
        alert.severity(),
        alert.at(),
        details);
  }
}
