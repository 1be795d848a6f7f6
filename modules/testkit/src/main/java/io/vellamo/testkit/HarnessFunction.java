package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCalls;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.RecordLayouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The function that a script tests, without its type arguments.
 *
 * @param operator the operator that a pipeline would have for it
 * @param function the function, with rows in an iterator
 * @param stateCodec writes its states
 * @param classLoader finds the classes of its rows
 */
record HarnessFunction(
    StatefulOperator operator,
    FlatMapGroupsWithStateFunction<?, ?, ?, ?> function,
    StateCodec<Object> stateCodec,
    ClassLoader classLoader) {
  private static final String MAP = "mapGroupsWithState";
  private static final String FLAT_MAP = "flatMapGroupsWithState";

  /**
   * The settings of a script for its whole run.
   *
   * @param keyCodec writes its keys
   * @param delay the watermark delay; null if events don't move the watermark
   * @param movesWatermark whether a step of the script moves the watermark
   * @param start the processing time at the beginning
   * @param refusesMutation whether a state changed in place is an error
   */
  record Setting(
      KeyCodec keyCodec,
      @Nullable Duration delay,
      boolean movesWatermark,
      Instant start,
      boolean refusesMutation) {}

  static HarnessFunction of(
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<?> stateType,
      FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
    requireNonNull(mode, "mode");
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    requireNonNull(function, "function");
    if (mode == OutputMode.COMPLETE) {
      throw new IllegalArgumentException(
          "mode must be APPEND or UPDATE, was [COMPLETE]; a group's function can't emit the whole"
              + " result");
    }
    return of(
        new StatefulOperator(FLAT_MAP, mode, timeout, stateType),
        function,
        classLoaderOf(function));
  }

  static <K extends @Nullable Object, V, S, U> HarnessFunction of(
      GroupStateTimeout timeout,
      StateType<S> stateType,
      MapGroupsWithStateFunction<K, V, S, U> function) {
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    requireNonNull(function, "function");
    FlatMapGroupsWithStateFunction<K, V, S, U> single =
        (key, events, state) ->
            List.of(requireNonNull(function.call(key, events, state), "the function's row"))
                .iterator();
    return of(
        new StatefulOperator(MAP, OutputMode.UPDATE, timeout, stateType),
        single,
        classLoaderOf(function));
  }

  private static HarnessFunction of(
      StatefulOperator operator,
      FlatMapGroupsWithStateFunction<?, ?, ?, ?> function,
      ClassLoader classLoader) {
    StateCodec<Object> stateCodec =
        untyped(JacksonStateCodec.of(operator.stateType(), new RecordLayouts()));
    return new HarnessFunction(operator, function, stateCodec, classLoader);
  }

  private static ClassLoader classLoaderOf(Object function) {
    ClassLoader classLoader = function.getClass().getClassLoader();
    return classLoader == null ? ClassLoader.getSystemClassLoader() : classLoader;
  }

  /** Returns a script for the function. */
  Script script(Setting setting, List<ScriptStep> steps) {
    Duration delay = setting.delay;
    boolean hasWatermark =
        operator.timeout() == GroupStateTimeout.EVENT_TIME
            || delay != null
            || setting.movesWatermark;
    return new Script(
        new GroupOperator<>(
            operator.timeout(),
            hasWatermark,
            new FunctionOperator<>(onEvents()),
            setting.keyCodec,
            stateCodec,
            JacksonValueCodec.ofRows(classLoader)),
        query(hasWatermark),
        Script.RowRule.of(operator.mode(), operator.kind().equals(MAP)),
        delay == null ? null : delay.toMillis(),
        setting.start,
        setting.refusesMutation,
        List.copyOf(steps));
  }

  private CompiledQuery query(boolean hasWatermark) {
    Stage eventTime =
        new Stage.EventTime(
            event -> ((ScriptedEvent) event).time(), WatermarkStrategy.delay(Duration.ZERO));
    Stage.Group group =
        new Stage.Group(
            event -> ((ScriptedEvent) event).key(),
            Optional.empty(),
            operator,
            new GroupCalls.Function(function));
    Route front = new Route(hasWatermark ? List.of(eventTime) : List.of(), 0, 0);
    Route back = new Route(List.of(), 0, Route.SINK);
    return new CompiledQuery(
        List.of(front), List.of(CompiledOperator.of(group, hasWatermark, back)), false);
  }

  /**
   * Returns a function that unwraps the events of the script and calls the user's function with
   * them.
   */
  private FlatMapGroupsWithStateFunction<Object, Object, Object, Object> onEvents() {
    FlatMapGroupsWithStateFunction<Object, Object, Object, Object> users = untyped();
    return (Object key, Iterator<Object> events, GroupState<Object> state) ->
        users.call(key, new UserEvents(events), state);
  }

  @SuppressWarnings("unchecked") // the harness's own types are gone here
  private FlatMapGroupsWithStateFunction<Object, Object, Object, Object> untyped() {
    return (FlatMapGroupsWithStateFunction<Object, Object, Object, Object>) function;
  }

  @SuppressWarnings("unchecked") // as above
  private static StateCodec<Object> untyped(StateCodec<?> codec) {
    return (StateCodec<Object>) codec;
  }

  /** The user's events, unwrapped from those of the script. */
  private record UserEvents(Iterator<Object> scripted) implements Iterator<Object> {
    @Override
    public boolean hasNext() {
      return scripted.hasNext();
    }

    @Override
    public Object next() {
      return ((ScriptedEvent) scripted.next()).event();
    }
  }
}
