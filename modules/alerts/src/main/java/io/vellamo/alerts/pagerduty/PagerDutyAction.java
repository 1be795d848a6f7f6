package io.vellamo.alerts.pagerduty;

/**
 * The action of a {@link PagerDutyEvent}.
 *
 * @since 0.1
 */
public enum PagerDutyAction {
  /** Opens an incident. Adds a log entry to an open incident with the same deduplication key. */
  TRIGGER("trigger"),

  /** Says that somebody works on the incident, which ends its escalation. */
  ACKNOWLEDGE("acknowledge"),

  /** Closes the incident. */
  RESOLVE("resolve");

  private final String text;

  PagerDutyAction(String text) {
    this.text = text;
  }

  /** Returns the name in requests. */
  String text() {
    return text;
  }
}
