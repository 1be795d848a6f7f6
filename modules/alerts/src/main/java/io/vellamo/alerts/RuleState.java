package io.vellamo.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one rule of one group, apart from verdicts that are still pending. It holds points
 * in time but no deadlines: deadlines follow from the rule's durations, which a later run may have
 * changed.
 *
 * @param since the start of the period in which the rule is violated, or, for a rule about silence,
 *     the time of the last event; null if the rule is not violated
 * @param triggeredAt the time at which the open incident was triggered; null if none is open
 * @param ordinal the number of earlier incidents with the same start as the open one
 * @param reminders the number of reminders of the open incident that have passed
 * @param ended the last incident that has ended; null once it has no effect on the next one
 * @param value the value of the latest event; null if the rule has none, or the event is irrelevant
 * @param summary the summary of that event
 * @param lastPending the time of the last pending verdict; null if none is pending
 */
record RuleState(
    @Nullable Instant since,
    @Nullable Instant triggeredAt,
    int ordinal,
    long reminders,
    @Nullable Ended ended,
    @Nullable Double value,
    String summary,
    @Nullable Instant lastPending) {
  /** The state of a group for which nothing is known. */
  static final RuleState IDLE = new RuleState(null, null, 0, 0, null, null, "", null);

  /**
   * An incident that has ended.
   *
   * @param start its start
   * @param ordinal the number of earlier incidents with that start
   * @param at the time of its end
   */
  record Ended(Instant start, int ordinal, Instant at) {}

  /** Returns the state after an event that may be quoted by an alert. */
  RuleState withEvent(@Nullable Instant newSince, Verdict verdict) {
    return new RuleState(
        newSince,
        triggeredAt,
        ordinal,
        reminders,
        ended,
        verdict.value(),
        verdict.summary(),
        lastPending);
  }

  /** Returns the state after an event that does not violate the rule. */
  RuleState withoutPeriod() {
    return new RuleState(null, null, 0, 0, ended, null, "", lastPending);
  }

  RuleState triggered(Instant at, int newOrdinal) {
    return new RuleState(since, at, newOrdinal, 0, null, value, summary, lastPending);
  }

  RuleState reminded(long newReminders) {
    return new RuleState(
        since, triggeredAt, ordinal, newReminders, ended, value, summary, lastPending);
  }

  RuleState resolved(Ended incident) {
    return new RuleState(null, null, 0, 0, incident, value, summary, lastPending);
  }

  RuleState withoutEnded() {
    return new RuleState(since, triggeredAt, ordinal, reminders, null, value, summary, lastPending);
  }

  RuleState withLastPending(@Nullable Instant newLastPending) {
    return new RuleState(
        since, triggeredAt, ordinal, reminders, ended, value, summary, newLastPending);
  }
}
