package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.engine.group.Deduplication;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.KeyedOperator;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stateful operator of a compiled query.
 *
 * @param operator its description
 * @param key returns the grouping key of an event
 * @param keyType the key's type; empty for the standard types
 * @param calls the calls of its groups
 * @param hasWatermark whether a watermark is upstream, so that events have an event time
 * @param keepsEventTime whether its rows are events that it passes on with their event times
 * @param rows the route of its rows
 */
public record CompiledOperator(
    StatefulOperator operator,
    Function<Object, ?> key,
    Optional<Type> keyType,
    KeyedOperator<?, ?, ?, ?> calls,
    boolean hasWatermark,
    boolean keepsEventTime,
    Route rows) {
  /** Returns a user's operator. */
  public static CompiledOperator of(Stage.Group stage, boolean hasWatermark, Route rows) {
    return new CompiledOperator(
        stage.operator(),
        stage.key(),
        stage.keyType(),
        new FunctionOperator<>(stage.function()),
        hasWatermark,
        false,
        rows);
  }

  /**
   * Returns an operator that drops duplicates.
   *
   * @param delay the delay of the watermark upstream; null if there is none
   */
  static CompiledOperator of(Stage.Deduplicate stage, @Nullable Duration delay, Route rows) {
    return new CompiledOperator(
        Deduplication.operator(stage),
        stage.key(),
        stage.keyType(),
        Deduplication.of(stage, delay == null ? Duration.ZERO : delay),
        delay != null,
        true,
        rows);
  }

  /** Returns the clock of its timeouts. */
  public GroupStateTimeout timeout() {
    return operator.timeout();
  }

  /**
   * Returns whether late events are dropped before they reach it: only if it depends on event time.
   */
  public boolean dropsLate() {
    return timeout() == GroupStateTimeout.EVENT_TIME || (keepsEventTime && hasWatermark);
  }
}
