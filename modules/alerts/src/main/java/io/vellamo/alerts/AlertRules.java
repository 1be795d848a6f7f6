package io.vellamo.alerts;

import static java.util.Objects.requireNonNull;

import io.vellamo.alerts.RuleRun.Reminders;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A processor that applies rules to each group and emits the alerts of their incidents.
 *
 * <pre>{@code
 * readings
 *     .withWatermark(Reading::time, Duration.ofMinutes(1))
 *     .groupByKey(Reading::machine)
 *     .process(OutputMode.APPEND, AlertRules.inEventTime(tooCold, silent))
 *     .to(PagerDuty.sink(routingKey));
 * }</pre>
 *
 * <p>Each rule is evaluated on its own:
 *
 * <ul>
 *   <li>A rule is <i>violated</i> from an event for which its condition is true until the next one
 *       for which it is false. A rule about silence is violated from each event until the next.
 *   <li>Once it has been violated for the time of the rule, and the cool-down after the preceding
 *       incident is over, an incident is triggered: at the later of these two times, not at that of
 *       some later event.
 *   <li>While the incident lasts, reminders are due at multiples of their interval after the
 *       trigger.
 *   <li>The first event for which the clearing condition is true ends the incident. For a rule
 *       about silence, this is the next event.
 * </ul>
 *
 * <p>Events are applied in the order of their times. A deadline is due after all events at exactly
 * its time: a violation that ends with an event exactly at the deadline triggers nothing, and an
 * incident that ends exactly when a reminder is due has no such reminder.
 *
 * <p><b>Order</b> The alerts of one rule and key are emitted in ascending order of time, and those
 * of one rule before those of the next.
 *
 * <p><b>Time</b> In event time, an event is applied once the watermark has reached its time, so
 * events that arrive out of order within the watermark delay give the same alerts as in order, and
 * so do the same events in other epochs. A deadline is passed once the watermark is after it; an
 * alert's event time is its own time. {@code Trigger.drain()} ends event time: rules that are
 * violated then, also those about silence, are triggered, and there are no reminders. In processing
 * time, events are applied as they arrive, at the time of their epoch; of reminders that are
 * overdue only the last is emitted.
 *
 * <p><b>Failure</b> If a function of a rule throws, the query's error policy applies to the group's
 * call, with all rules. Batches are not supported, since they have no timers.
 *
 * <p><b>Cost</b> In event time, one list entry for each event and rule within the watermark delay.
 * Apart from that, one value for each rule that is violated or cooling down, and, for a rule about
 * silence, for each key.
 *
 * @param <K> the grouping keys
 * @param <V> the events
 * @since 0.1
 */
public final class AlertRules<K extends @Nullable Object, V>
    implements GroupProcessor<K, V, Alert> {
  // Of one name, so that a start with another clock is refused: the stored times would be wrong.
  private static final String TIMER = "next";
  private static final EventTimer EVENT_TIMER = EventTimer.named(TIMER);
  private static final ProcessingTimer PROCESSING_TIMER = ProcessingTimer.named(TIMER);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final List<AlertRule<? super V>> rules;
  private final Map<String, RuleVariables> variables;
  private final TimeDomain clock;
  private final Function<? super K, String> keyText;

  private AlertRules(
      List<AlertRule<? super V>> rules,
      Map<String, RuleVariables> variables,
      TimeDomain clock,
      Function<? super K, String> keyText) {
    this.rules = rules;
    this.variables = variables;
    this.clock = clock;
    this.keyText = keyText;
  }

  /**
   * Returns a processor in event time, which needs {@code withWatermark} upstream.
   *
   * @param rules one or more rules with different names
   * @param <K> the grouping keys
   * @param <V> the events
   * @return a processor
   * @throws IllegalArgumentException if there is no rule, or two have the same name
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <K extends @Nullable Object, V> AlertRules<K, V> inEventTime(
      AlertRule<? super V>... rules) {
    return create(TimeDomain.EVENT_TIME, Arrays.<AlertRule<? super V>>asList(rules));
  }

  /**
   * Returns a processor in processing time.
   *
   * @param rules one or more rules with different names
   * @param <K> the grouping keys
   * @param <V> the events
   * @return a processor
   * @throws IllegalArgumentException if there is no rule, or two have the same name
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <K extends @Nullable Object, V> AlertRules<K, V> inProcessingTime(
      AlertRule<? super V>... rules) {
    return create(TimeDomain.PROCESSING_TIME, Arrays.<AlertRule<? super V>>asList(rules));
  }

  private static <K extends @Nullable Object, V> AlertRules<K, V> create(
      TimeDomain clock, List<AlertRule<? super V>> rules) {
    List<AlertRule<? super V>> copy = List.copyOf(rules);
    Map<String, RuleVariables> variables = new LinkedHashMap<>();
    for (AlertRule<? super V> rule : copy) {
      if (variables.put(rule.name(), RuleVariables.of(rule.name())) != null) {
        throw new IllegalArgumentException(
            "rules must have different names, found [%s] twice; rename one".formatted(rule.name()));
      }
    }
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("rules must not be empty, found [0]; give at least one");
    }
    return new AlertRules<>(copy, variables, clock, KeyText::of);
  }

  /**
   * Sets the text of the keys, which alerts show and incident ids depend on. Needed for keys other
   * than text, numbers, booleans, characters, enums, UUIDs, times and records.
   *
   * @param text returns the same text for the same key in all runs of the query; different texts
   *     for different keys
   * @return a processor with it
   */
  public AlertRules<K, V> withKeyText(Function<? super K, String> text) {
    return new AlertRules<>(rules, variables, clock, requireNonNull(text, "text"));
  }

  @Override
  public void declare(Declarations declarations) {
    declarations.use(isInEventTime() ? EVENT_TIMER : PROCESSING_TIMER);
    variables.values().forEach(of -> of.declare(declarations, isInEventTime()));
  }

  @Override
  public void onEvents(K key, Iterator<V> events, GroupContext<Alert> group) {
    if (isInEventTime()) {
      // Fails in a batch, where no timer would ever apply the events.
      group.currentWatermark();
      verdicts(events, group).forEach((rule, of) -> addPending(rule, of, group));
      return;
    }
    Instant now = group.currentProcessingTime();
    List<V> all = new ArrayList<>();
    events.forEachRemaining(all::add);
    for (AlertRule<? super V> rule : rules) {
      advance(rule, key, group, run -> applyAll(rule, all, now, run));
    }
  }

  @Override
  public void onTimer(K key, Timer timer, GroupContext<Alert> group) {
    String name = timer.tag().orElseThrow();
    for (AlertRule<? super V> rule : rules) {
      if (rule.name().equals(name)) {
        advance(
            rule, key, group, isInEventTime() ? run -> applyDue(rule, group, run) : run -> null);
      }
    }
    // Otherwise the timer is that of a rule that has been removed.
  }

  private Map<AlertRule<? super V>, List<Verdict>> verdicts(
      Iterator<V> events, GroupContext<Alert> group) {
    Map<AlertRule<? super V>, List<Verdict>> verdicts = new LinkedHashMap<>();
    rules.forEach(rule -> verdicts.put(rule, new ArrayList<>()));
    while (events.hasNext()) {
      V event = events.next();
      Instant at = group.eventTime().orElseThrow(AlertRules::noEventTime);
      verdicts.forEach((rule, of) -> of.add(verdict(rule, event, at)));
    }
    return verdicts;
  }

  private static <E> Verdict verdict(AlertRule<E> rule, E event, Instant at) {
    // Timers have milliseconds: a finer order than theirs would not be the same in all epochs.
    return Verdict.of(rule.settings(), event, at.truncatedTo(ChronoUnit.MILLIS));
  }

  private void addPending(
      AlertRule<? super V> rule, List<Verdict> verdicts, GroupContext<Alert> group) {
    variables(rule).addPending(group, verdicts);
    Instant first = verdicts.stream().map(Verdict::at).min(Instant::compareTo).orElseThrow();
    Timers timers = group.timers(EVENT_TIMER);
    if (timers.time(rule.name()).map(first::isBefore).orElse(true)) {
      timers.set(rule.name(), first);
    }
  }

  private static <E> @Nullable Instant applyAll(
      AlertRule<E> rule, List<? extends E> events, Instant now, RuleRun run) {
    events.forEach(event -> run.apply(verdict(rule, event, now)));
    return null;
  }

  private @Nullable Instant applyDue(
      AlertRule<? super V> rule, GroupContext<Alert> group, RuleRun run) {
    return variables(rule).applyPending(group, group.currentWatermark(), run);
  }

  /**
   * Runs a rule up to the current time.
   *
   * @param events applies events; returns the time of the next one that is pending, null if there
   *     is none
   */
  private void advance(
      AlertRule<? super V> rule,
      K key,
      GroupContext<Alert> group,
      Function<RuleRun, @Nullable Instant> events) {
    RuleVariables own = variables(rule);
    RuleState before = own.load(group);
    RuleRun run =
        new RuleRun(
            rule, keyText.apply(key), before, reminders(group), alert -> emit(alert, group));
    Instant pending = events.apply(run);
    run.advanceTo(isInEventTime() ? group.currentWatermark() : now(group).plus(INSTANT));
    RuleState after = run.state();
    own.save(group, before, pending == null ? after.withLastPending(null) : after);
    setTimer(rule, earlier(pending, timerTime(run.nextDeadline())), group);
  }

  private Reminders reminders(GroupContext<Alert> group) {
    if (!isInEventTime()) {
      return Reminders.LAST;
    }
    return group.currentWatermark().equals(END) ? Reminders.NONE : Reminders.ALL;
  }

  /** In event time, events exactly at the deadline precede it. */
  private @Nullable Instant timerTime(@Nullable Instant deadline) {
    return deadline == null || !isInEventTime() ? deadline : deadline.plus(INSTANT);
  }

  private void setTimer(
      AlertRule<? super V> rule, @Nullable Instant time, GroupContext<Alert> group) {
    Timers timers = isInEventTime() ? group.timers(EVENT_TIMER) : group.timers(PROCESSING_TIMER);
    if (time == null) {
      timers.cancel(rule.name());
    } else if (!timers.time(rule.name()).map(time::equals).orElse(false)) {
      timers.set(rule.name(), time);
    }
  }

  private void emit(Alert alert, GroupContext<Alert> group) {
    if (!isInEventTime()) {
      group.emit(alert);
      return;
    }
    try {
      group.emit(alert, alert.at());
    } catch (IllegalArgumentException e) {
      // The time is before the watermark: the group was parked, or the program was restarted with a
      // shorter duration. Without an event time, the row is not late downstream.
      group.emit(alert);
    }
  }

  private boolean isInEventTime() {
    return clock == TimeDomain.EVENT_TIME;
  }

  private RuleVariables variables(AlertRule<? super V> rule) {
    return requireNonNull(variables.get(rule.name()), "variables");
  }

  private static Instant now(GroupContext<Alert> group) {
    return group.currentProcessingTime();
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private static IllegalArgumentException noEventTime() {
    return new IllegalArgumentException(
        "events of alert rules in event time must have an event time, found [none]; use"
            + " AlertRules.inProcessingTime");
  }
}
