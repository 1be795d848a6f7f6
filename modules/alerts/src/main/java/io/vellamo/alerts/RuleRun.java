package io.vellamo.alerts;

import static java.util.Objects.requireNonNull;

import io.vellamo.alerts.RuleState.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The run of one rule of one group over a stretch of time.
 *
 * <p><b>Order</b> Verdicts and ends of stretches come in ascending order of time. At equal times,
 * verdicts precede deadlines.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RuleRun {
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE - 2);
  private static final Duration INSTANT = Duration.ofMillis(1);

  private final AlertRule<?> rule;
  private final RuleSettings<?> settings;
  private final String key;
  private final Reminders reminders;
  private final Consumer<Alert> alerts;
  private RuleState state;

  /** The reminders that are emitted when several are due in one stretch of time. */
  enum Reminders {
    /** All, each with its time. */
    ALL,

    /** The last one. */
    LAST,

    /** None: the stretch does not end, so there would be no last one. */
    NONE
  }

  RuleRun(
      AlertRule<?> rule, String key, RuleState state, Reminders reminders, Consumer<Alert> alerts) {
    this.rule = rule;
    this.settings = rule.settings();
    this.key = key;
    this.state = state;
    this.reminders = reminders;
    this.alerts = alerts;
  }

  RuleState state() {
    return state;
  }

  /** Passes all deadlines before a time. */
  void advanceTo(Instant end) {
    Instant next = nextDeadline();
    while (next != null && next.isBefore(end)) {
      pass(next, end);
      next = nextDeadline();
    }
  }

  /** Applies an event, after the deadlines before its time. */
  void apply(Verdict verdict) {
    advanceTo(verdict.at());
    if (state.triggeredAt() != null) {
      applyToIncident(verdict);
      return;
    }
    Instant since = since(verdict);
    state = since == null ? state.withoutPeriod() : state.withEvent(since, verdict);
    Instant due = triggerTime();
    // An event that is itself at the deadline confirms the violation; no later one is needed.
    if (due != null && !due.isAfter(verdict.at())) {
      trigger(due);
    }
  }

  private void applyToIncident(Verdict verdict) {
    state = state.withEvent(state.since(), verdict);
    if (verdict.clears()) {
      Instant start = requireNonNull(state.since(), "since");
      emit(AlertKind.RESOLVED, verdict.at());
      state = state.resolved(new Ended(start, state.ordinal(), verdict.at()));
      Instant since = since(verdict);
      state = since == null ? state.withoutPeriod() : state.withEvent(since, verdict);
    }
  }

  private @Nullable Instant since(Verdict verdict) {
    if (settings.isAboutSilence()) {
      return verdict.at();
    }
    Instant since = state.since();
    return verdict.holds() ? since == null ? verdict.at() : since : null;
  }

  /**
   * Returns the time of the next change that happens without an event.
   *
   * @return null if there is none
   */
  @Nullable Instant nextDeadline() {
    if (state.triggeredAt() != null) {
      return nextReminder(state.triggeredAt());
    }
    return state.since() == null ? restEnd() : triggerTime();
  }

  private @Nullable Instant nextReminder(Instant triggered) {
    Duration interval = settings.reminder();
    return interval == null || reminders == Reminders.NONE
        ? null
        : plus(triggered, interval, state.reminders() + 1);
  }

  private @Nullable Instant triggerTime() {
    Instant since = state.since();
    Instant lasted = since == null ? null : plus(since, settings.lasting(), 1);
    Ended ended = state.ended();
    if (lasted == null || ended == null) {
      return lasted;
    }
    Instant cool = plus(ended.at(), settings.coolDown(), 1);
    return cool == null || cool.isAfter(lasted) ? cool : lasted;
  }

  /** Returns when the last incident no longer affects the time or the identity of the next one. */
  private @Nullable Instant restEnd() {
    Ended ended = state.ended();
    if (ended == null) {
      return null;
    }
    Duration rest = settings.coolDown().compareTo(INSTANT) < 0 ? INSTANT : settings.coolDown();
    return plus(ended.at(), rest, 1);
  }

  private void pass(Instant deadline, Instant end) {
    Instant triggered = state.triggeredAt();
    if (triggered != null) {
      remind(triggered, end);
    } else if (state.since() != null) {
      trigger(deadline);
    } else {
      state = state.withoutEnded();
    }
  }

  private void trigger(Instant at) {
    Ended ended = state.ended();
    boolean isSameStart = ended != null && ended.start().equals(state.since());
    state = state.triggered(at, isSameStart ? requireNonNull(ended, "ended").ordinal() + 1 : 0);
    emit(AlertKind.TRIGGERED, at);
  }

  private void remind(Instant triggered, Instant end) {
    Duration interval = requireNonNull(settings.reminder(), "reminder");
    long number = state.reminders() + 1;
    if (reminders == Reminders.LAST) {
      long passed = Duration.between(triggered, end).toMillis() - 1;
      number = Math.max(number, passed / interval.toMillis());
    }
    state = state.reminded(number);
    emit(AlertKind.REMINDED, requireNonNull(plus(triggered, interval, number), "reminder"));
  }

  private void emit(AlertKind kind, Instant at) {
    Instant start = requireNonNull(state.since(), "since");
    alerts.accept(
        new Alert(
            rule.name(),
            key,
            IncidentId.of(rule.name(), key, start, state.ordinal()),
            kind,
            settings.severity(),
            start,
            requireNonNull(state.triggeredAt(), "triggeredAt"),
            at,
            state.value(),
            state.summary()));
  }

  /** Returns a time in the future; null if it is so late that no timer can be set for it. */
  private static @Nullable Instant plus(Instant start, Duration duration, long times) {
    Duration room = Duration.between(start, LATEST);
    return duration.isZero() || room.dividedBy(duration) >= times
        ? start.plus(duration.multipliedBy(times))
        : null;
  }
}
