package io.vellamo.engine.group;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.VariableChange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The group state of one call, and the change that results from it. */
final class StepState<S> implements KeyedState<S> {
  /** The last operation of the call on the state. */
  private enum Touched {
    NOTHING,
    UPDATED,
    REMOVED
  }

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Instant FIRST = Instant.ofEpochMilli(Millis.FIRST);
  private static final Instant LAST = Instant.ofEpochMilli(Millis.LAST);

  private final GroupOperator<?, ?, S, ?> operator;
  private final GroupEntry before;
  private final EpochTimes times;
  private final @Nullable KeyedEvents<?> events;
  private final boolean timedOut;
  // Null for a single state and timeout.
  private final @Nullable TypedVariables variables;

  private Touched touched = Touched.NOTHING;
  private boolean open = true;
  private @Nullable S value;
  private @Nullable Long timeoutMillis;

  /**
   * Creates the state of a call. {@code live} is the deserialized state of {@code before}, or null;
   * {@code events} are null if the call has none.
   */
  StepState(
      GroupOperator<?, ?, S, ?> operator,
      GroupEntry before,
      @Nullable S live,
      EpochTimes times,
      @Nullable KeyedEvents<?> events,
      boolean timedOut) {
    DeclaredVariables declared = operator.variables();
    this.operator = operator;
    this.before = before;
    this.value = live;
    this.times = times;
    this.events = events;
    this.timedOut = timedOut;
    this.variables =
        declared == null ? null : new TypedVariables(declared, before.variables(), times, events);
  }

  @Override
  public boolean exists() {
    requireOpen();
    return switch (touched) {
      case NOTHING -> before.state() != null;
      case UPDATED -> true;
      case REMOVED -> false;
    };
  }

  @Override
  public S get() {
    if (!exists()) {
      throw new NoSuchElementException(
          "The group has no state; ask exists() first, or use optional()");
    }
    S current = value;
    if (current == null) {
      current = operator.stateCodec().read(Objects.requireNonNull(before.state()));
      value = current;
    }
    return current;
  }

  @Override
  public Optional<S> optional() {
    return exists() ? Optional.of(get()) : Optional.empty();
  }

  @Override
  public void update(S state) {
    requireOpen();
    if (state == null) {
      throw new IllegalArgumentException("state must not be null; use remove() to drop the state");
    }
    value = state;
    touched = Touched.UPDATED;
  }

  @Override
  public void remove() {
    requireOpen();
    value = null;
    touched = Touched.REMOVED;
  }

  @Override
  public boolean hasTimedOut() {
    requireOpen();
    return timedOut;
  }

  @Override
  public void setTimeoutDuration(Duration duration) {
    requireTimeout(GroupStateTimeout.PROCESSING_TIME, "setTimeoutDuration");
    if (duration.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "duration must be at least 1 ms, was [%s]".formatted(duration));
    }
    long millis = Millis.plus(times.processingTimeMillis(), Millis.of(duration));
    if (millis == Millis.LAST) {
      throw tooFar("duration", duration);
    }
    timeoutMillis = millis;
  }

  @Override
  public void setTimeoutTimestamp(Instant timestamp) {
    requireTimeout(GroupStateTimeout.EVENT_TIME, "setTimeoutTimestamp");
    if (timestamp.compareTo(FIRST) < 0) {
      throw new IllegalArgumentException(
          "timestamp must not be before [%s], was [%s]; milliseconds count no further"
              .formatted(FIRST, timestamp));
    }
    if (timestamp.compareTo(LAST) > 0) {
      throw tooFar("timestamp", timestamp);
    }
    if (times.watermark().equals(Watermark.END)) {
      // Ignored: no timer fires any more, and an exception would prevent a drain of functions that
      // always set their timeout again.
      return;
    }
    long millis = timestamp.toEpochMilli();
    if (times.watermark().isKnown() && millis < times.watermark().millis()) {
      throw new IllegalArgumentException(
          "timestamp must not be before the watermark [%s], was [%s]; use the later of the two"
              .formatted(times.watermark(), timestamp));
    }
    timeoutMillis = millis;
  }

  @Override
  public void setTimeoutTimestamp(Instant timestamp, Duration additional) {
    requireTimeout(GroupStateTimeout.EVENT_TIME, "setTimeoutTimestamp");
    if (additional.isNegative()) {
      throw new IllegalArgumentException(
          "additional must not be negative, was [%s]".formatted(additional));
    }
    Instant sum;
    try {
      sum = timestamp.plus(additional);
    } catch (DateTimeException | ArithmeticException e) {
      throw tooFar("additional", additional);
    }
    setTimeoutTimestamp(sum);
  }

  @Override
  public Instant currentWatermark() {
    requireOpen();
    if (!operator.hasWatermark()) {
      throw new UnsupportedOperationException(
          "currentWatermark needs withWatermark upstream of groupByKey, and a query that is not run"
              + " as a batch");
    }
    return times.watermark().toInstant();
  }

  @Override
  public Instant currentProcessingTime() {
    requireOpen();
    return Instant.ofEpochMilli(times.processingTimeMillis());
  }

  @Override
  public void timeoutAt(@Nullable Long millis) {
    timeoutMillis = millis;
  }

  @Override
  public Watermark watermark() {
    return times.watermark();
  }

  @Override
  public Watermark lateWatermark() {
    return times.lateWatermark();
  }

  @Override
  public Optional<Instant> eventTime() {
    requireOpen();
    return events == null ? Optional.empty() : Optional.ofNullable(events.eventTime());
  }

  @Override
  public TypedVariables variables() {
    return Objects.requireNonNull(variables, "variables");
  }

  @Override
  public void requireEventTimeOfRow(Instant eventTime) {
    requireOpen();
    Watermark late = times.lateWatermark();
    Duration behind = operator.variables() == null ? Duration.ZERO : operator.variables().behind();
    if (late.isKnown()
        && !late.equals(Watermark.END)
        && Millis.of(eventTime) < Millis.plus(late.millis(), -behind.toMillis())) {
      throw new IllegalArgumentException(
          "event time of a row must not be more than [%s] before the watermark [%s] of the preceding epoch, was [%s]; emit the row earlier, or declare emitsBehindWatermark with a longer duration"
              .formatted(behind, late, eventTime));
    }
  }

  EpochTimes times() {
    return times;
  }

  /** Ends the call: later uses throw. */
  void close() {
    open = false;
    if (variables != null) {
      variables.close();
    }
  }

  /** Returns the change of the call, by Spark's rules, except that empty entries are removed. */
  GroupChange change(GroupKey key, List<StoredValue> rows) {
    return variables == null ? singleChange(key, rows) : changeOf(variables.pending(), key, rows);
  }

  private GroupChange changeOf(PendingVariables pending, GroupKey key, List<StoredValue> rows) {
    List<VariableChange> changes = pending.changes();
    if (changes.isEmpty() || !pending.isEmpty()) {
      return GroupChange.of(key, changes, rows);
    }
    Effect effect = before.isEmpty() ? Effect.NONE : Effect.REMOVED;
    return new GroupChange(key, effect, null, null, rows);
  }

  private GroupChange singleChange(GroupKey key, List<StoredValue> rows) {
    return switch (touched) {
      case UPDATED -> {
        byte[] state = operator.stateCodec().write(Objects.requireNonNull(value));
        yield new GroupChange(key, Effect.STATE, state, timeoutMillis, rows);
      }
      case REMOVED -> withoutState(key, rows);
      case NOTHING -> {
        if (Objects.equals(timeoutMillis, before.timeoutMillis())) {
          yield new GroupChange(key, Effect.NONE, null, timeoutMillis, rows);
        }
        yield before.state() == null
            ? withoutState(key, rows)
            : new GroupChange(key, Effect.TIMEOUT, null, timeoutMillis, rows);
      }
    };
  }

  /** Returns the state for the group's next call, or null if it must be deserialized again. */
  @Nullable S live() {
    return operator.stateCodec().keepsLive() ? value : null;
  }

  private GroupChange withoutState(GroupKey key, List<StoredValue> rows) {
    return timeoutMillis == null
        ? new GroupChange(key, Effect.REMOVED, null, null, rows)
        : new GroupChange(key, Effect.TIMEOUT_WITHOUT_STATE, null, timeoutMillis, rows);
  }

  private static IllegalArgumentException tooFar(String name, Object value) {
    return new IllegalArgumentException(
        "%s must end before [%s], was [%s]; set no timeout if none is wanted"
            .formatted(name, LAST, value));
  }

  private void requireTimeout(GroupStateTimeout needed, String method) {
    requireOpen();
    if (operator.timeout() != needed) {
      throw new UnsupportedOperationException(
          "%s needs GroupStateTimeout.%s, the operator has [%s]"
              .formatted(method, needed, operator.timeout()));
    }
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException(
          "The group state was used after its call had ended; use it within the function or the"
              + " iterator it returns");
    }
  }
}
