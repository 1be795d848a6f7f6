package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.engine.aggregate.Aggregations;
import io.vellamo.engine.aggregate.LateRule;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.Deduplication;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.ProcessorOperator;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
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
 * @param lateRule the rule for late events, which are dropped before they reach it
 * @param preAggregation the reduction of events before they reach their groups; null if there is
 *     none
 * @param buffers the names of the buffers of its aggregates, in order; empty if it has none
 * @param hasWatermark whether a watermark is upstream, so that events have an event time
 * @param keepsEventTime whether its rows may have event times
 * @param dropsLate whether late events are dropped before they reach it: only if it, or an operator
 *     that gets its rows with their event times, depends on event time
 * @param heldBack the time by which its watermark is behind that of the query
 * @param rows the route of its rows
 */
public record CompiledOperator(
    StatefulOperator operator,
    Function<Object, ?> key,
    Optional<Type> keyType,
    KeyedOperator<?, ?, ?, ?> calls,
    LateRule lateRule,
    @Nullable PreAggregation preAggregation,
    List<String> buffers,
    boolean hasWatermark,
    boolean keepsEventTime,
    boolean dropsLate,
    Duration heldBack,
    Route rows) {
  /** Copies the names. */
  public CompiledOperator {
    buffers = List.copyOf(buffers);
  }

  /** The properties of an operator that depend on its place in the query. */
  record Place(@Nullable Duration delay, boolean dropsLate, Duration heldBack, Route rows) {}

  /**
   * Returns a user's operator without operators downstream.
   *
   * @param hasWatermark whether a watermark is upstream
   */
  public static CompiledOperator of(Stage.Group stage, boolean hasWatermark, Route rows) {
    Duration delay = hasWatermark ? Duration.ZERO : null;
    return of(stage, new Place(delay, stage.operator().usesEventTime(), Duration.ZERO, rows));
  }

  static CompiledOperator of(Stage.Group stage, Place place) {
    boolean hasWatermark = place.delay() != null;
    return new CompiledOperator(
        stage.operator(),
        stage.key(),
        stage.keyType(),
        calls(stage, hasWatermark),
        lateRule(stage),
        preAggregation(stage),
        stage.calls() instanceof AggregationCode code ? code.names() : List.of(),
        hasWatermark,
        hasWatermark && passesEventTimes(stage),
        place.dropsLate(),
        place.heldBack(),
        place.rows());
  }

  /** Returns whether the rows of a stage may have event times if its events have. */
  static boolean passesEventTimes(Stage stage) {
    return stage instanceof Stage.Deduplicate
        || (stage instanceof Stage.Group group && group.operator().has(Trait.EMITS_EVENT_TIMES));
  }

  private static LateRule lateRule(Stage.Group stage) {
    return stage.calls() instanceof AggregationCode code
        ? Aggregations.lateRule(code, stage.operator().mode())
        : LateRule.BEFORE_WATERMARK;
  }

  private static @Nullable PreAggregation preAggregation(Stage.Group stage) {
    return stage.calls() instanceof AggregationCode code ? PreAggregation.of(code) : null;
  }

  private static KeyedOperator<?, ?, ?, ?> calls(Stage.Group stage, boolean hasWatermark) {
    GroupCode calls = stage.calls();
    if (calls instanceof AggregationCode code) {
      return Aggregations.operator(code, stage.operator().mode());
    }
    if (calls instanceof GroupCode.Function function) {
      return new FunctionOperator<>(function.function());
    }
    return processor((GroupCode.Processor) calls, hasWatermark);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the pipeline gave both the same types
  private static KeyedOperator<?, ?, ?, ?> processor(
      GroupCode.Processor calls, boolean hasWatermark) {
    InitialRowFunction initial = calls.initial().orElse(null);
    return new ProcessorOperator(calls.processor(), initial, hasWatermark);
  }

  /** Returns an operator that drops duplicates. */
  static CompiledOperator of(Stage.Deduplicate stage, Place place) {
    Duration delay = place.delay();
    return new CompiledOperator(
        Deduplication.operator(stage),
        stage.key(),
        stage.keyType(),
        Deduplication.of(stage, delay == null ? Duration.ZERO : delay),
        LateRule.BEFORE_WATERMARK,
        null,
        List.of(),
        delay != null,
        true,
        place.dropsLate(),
        place.heldBack(),
        place.rows());
  }

  /** Returns the clock of its timeouts. */
  public GroupStateTimeout timeout() {
    return operator.timeout();
  }
}
