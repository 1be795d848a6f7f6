package io.vellamo.benchmarks.jmh;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.benchmarks.vellamo.CloseInTime;
import io.vellamo.benchmarks.vellamo.RaiseAlerts;
import io.vellamo.benchmarks.workload.AlertState;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.SessionState;
import io.vellamo.benchmarks.workload.Workload;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.RecordLayouts;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stateful operators that are measured, with the codecs that a query gives them. */
public enum MeasuredOperator {
  /** W1: open sessions, closed by event time; each group has a timer. */
  SESSIONS,

  /** W2: three numbers that every event changes; no timers. */
  ALERTS;

  /** Returns the compiled query: a watermark if there are timers, and the operator. */
  CompiledQuery query() {
    List<Stage> stages = hasTimers() ? List.of(eventTime()) : List.of();
    Stage.Group group =
        new Stage.Group(
            event -> ((Event) event).key(),
            Optional.empty(),
            new StatefulOperator(
                "flatMapGroupsWithState", OutputMode.APPEND, timeout(), stateType()),
            new GroupCode.Function(function()));
    Route rows = new Route(List.of(), stages.size(), Route.SINK);
    CompiledOperator compiled = CompiledOperator.of(group, hasTimers(), rows);
    return new CompiledQuery(List.of(new Route(stages, 0, 0)), List.of(compiled), false);
  }

  /** Returns the operator in its runnable form. */
  GroupOperator<Object, Object, Object, Object> operator() {
    return runnable(stateType());
  }

  /** Returns a codec of the states that writes them by name. */
  @SuppressWarnings("unchecked") // states of the operator
  StateCodec<Object> jacksonCodec() {
    return (StateCodec<Object>) (StateCodec<?>) JacksonStateCodec.of(stateType());
  }

  private boolean hasTimers() {
    return this == SESSIONS;
  }

  private GroupStateTimeout timeout() {
    return hasTimers() ? GroupStateTimeout.EVENT_TIME : GroupStateTimeout.NONE;
  }

  private StateType<?> stateType() {
    return hasTimers() ? StateType.of(SessionState.class) : StateType.of(AlertState.class);
  }

  private FlatMapGroupsWithStateFunction<?, ?, ?, ?> function() {
    return hasTimers() ? new CloseInTime<>(SessionState::with) : new RaiseAlerts();
  }

  @SuppressWarnings("unchecked") // function and codec are those of S
  private <S> GroupOperator<Object, Object, Object, Object> runnable(StateType<S> type) {
    FlatMapGroupsWithStateFunction<Object, Object, S, Object> function =
        (FlatMapGroupsWithStateFunction<Object, Object, S, Object>) function();
    return (GroupOperator<Object, Object, Object, Object>)
        new GroupOperator<>(
            timeout(),
            hasTimers(),
            new FunctionOperator<>(function),
            new StandardKeyCodec(),
            JacksonStateCodec.of(type, new RecordLayouts()),
            JacksonValueCodec.ofRows(MeasuredOperator.class.getClassLoader()));
  }

  private static Stage.EventTime eventTime() {
    return new Stage.EventTime(
        event -> Instant.ofEpochMilli(((Event) event).timeMillis()),
        WatermarkStrategy.delay(Workload.WATERMARK_DELAY));
  }
}
