package io.vellamo.engine.group;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ListState;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.ProcessingTimers;
import io.vellamo.api.process.Timers;
import io.vellamo.api.process.ValueState;
import io.vellamo.api.process.ValueVariable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A group as a user's processor sees it.
 *
 * @param group the group
 * @param rows takes the rows
 * @param mayEmitEventTimes whether {@code withWatermark} is upstream
 */
record ProcessorContext<U>(KeyedState<?> group, Rows<U> rows, boolean mayEmitEventTimes)
    implements GroupContext<U> {
  @Override
  public <S> ValueState<S> value(ValueVariable<S> variable) {
    return group.variables().value(variable);
  }

  @Override
  public <S> ListState<S> list(ListVariable<S> variable) {
    return group.variables().list(variable);
  }

  @Override
  public <A, B> MapState<A, B> map(MapVariable<A, B> variable) {
    return group.variables().map(variable);
  }

  @Override
  public Timers timers(EventTimer name) {
    return group.variables().timers(name);
  }

  @Override
  public ProcessingTimers timers(ProcessingTimer name) {
    return group.variables().timers(name);
  }

  @Override
  public void emit(U row) {
    group.variables().requireOpen();
    rows.emit(row);
  }

  @Override
  public void emit(U row, Instant eventTime) {
    if (!mayEmitEventTimes) {
      throw new UnsupportedOperationException(
          "emit with an event time needs withWatermark upstream of groupByKey; emit the row without");
    }
    group.requireEventTimeOfRow(Objects.requireNonNull(eventTime, "eventTime"));
    rows.emit(row, eventTime);
  }

  @Override
  public Instant currentWatermark() {
    return group.currentWatermark();
  }

  @Override
  public Instant currentProcessingTime() {
    return group.currentProcessingTime();
  }

  @Override
  public Optional<Instant> eventTime() {
    return group.eventTime();
  }
}
