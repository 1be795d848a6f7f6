package io.vellamo.testkit.simulation;

import io.vellamo.api.group.GroupState;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a group during a call, as simple as it can be. */
final class OracleState<S> implements GroupState<S> {
  private final EpochTimes times;
  private final @Nullable OracleEvents<?> events;
  private @Nullable S value;
  private @Nullable Long timeoutMillis;

  /** Creates the state of a call; {@code events} are null if it is for a timeout. */
  OracleState(@Nullable S value, EpochTimes times, @Nullable OracleEvents<?> events) {
    this.value = value;
    this.times = times;
    this.events = events;
  }

  /** Returns the state after the call; null if there is none. */
  @Nullable S value() {
    return value;
  }

  /** Returns the timeout that the call has set; null if it has set none. */
  @Nullable Long timeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public boolean exists() {
    return value != null;
  }

  @Override
  public S get() {
    if (value == null) {
      throw new NoSuchElementException("no state");
    }
    return value;
  }

  @Override
  public Optional<S> optional() {
    return Optional.ofNullable(value);
  }

  @Override
  public void update(S state) {
    value = state;
  }

  @Override
  public void remove() {
    value = null;
  }

  @Override
  public boolean hasTimedOut() {
    return events == null;
  }

  @Override
  public void setTimeoutDuration(Duration duration) {
    timeoutMillis = times.processingTimeMillis() + duration.toMillis();
  }

  @Override
  public void setTimeoutTimestamp(Instant timestamp) {
    if (times.watermark().millis() != Long.MAX_VALUE) {
      timeoutMillis = timestamp.toEpochMilli();
    }
  }

  @Override
  public void setTimeoutTimestamp(Instant timestamp, Duration additional) {
    setTimeoutTimestamp(timestamp.plus(additional));
  }

  @Override
  public Instant currentWatermark() {
    return times.watermark().toInstant();
  }

  @Override
  public Instant currentProcessingTime() {
    return Instant.ofEpochMilli(times.processingTimeMillis());
  }

  @Override
  public Optional<Instant> eventTime() {
    return events == null ? Optional.empty() : events.eventTime();
  }
}
