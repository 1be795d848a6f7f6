package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.process.Timer;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.InitialStates;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.QueryCodecs;
import io.vellamo.persistence.codec.RecordLayouts;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The function or processor that a script tests, without its type arguments.
 *
 * @param operator the operator that a pipeline would have for it
 * @param calls the user's code, which is called with the events of the script unwrapped
 * @param stateCodec writes its states
 * @param layouts the layouts of its states and keys
 * @param classLoader finds the classes of its rows
 */
record HarnessFunction(
    StatefulOperator operator,
    GroupCode calls,
    StateCodec<Object> stateCodec,
    RecordLayouts layouts,
    ClassLoader classLoader) {
  private static final String MAP = "mapGroupsWithState";
  private static final String FLAT_MAP = "flatMapGroupsWithState";
  private static final String PROCESS = "process";

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
    requireNotComplete(mode);
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    return of(
        new StatefulOperator(FLAT_MAP, mode, timeout, stateType),
        function,
        classLoaderOf(requireNonNull(function, "function")));
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

  static HarnessFunction of(OutputMode mode, GroupProcessor<?, ?, ?> processor) {
    requireNotComplete(mode);
    DeclaredState declared = DeclaredState.of(requireNonNull(processor, "processor"));
    return of(
        StatefulOperator.processing(PROCESS, mode, Optional.empty(), declared),
        new GroupCode.Processor(new UnwrappingProcessor(untyped(processor)), Optional.empty()),
        classLoaderOf(processor));
  }

  private static void requireNotComplete(OutputMode mode) {
    if (requireNonNull(mode, "mode") == OutputMode.COMPLETE) {
      throw new IllegalArgumentException(
          "mode must be APPEND or UPDATE, was [COMPLETE]; a group's function can't emit the whole"
              + " result");
    }
  }

  private static HarnessFunction of(
      StatefulOperator operator,
      FlatMapGroupsWithStateFunction<?, ?, ?, ?> function,
      ClassLoader classLoader) {
    FlatMapGroupsWithStateFunction<Object, Object, Object, Object> users = untyped(function);
    FlatMapGroupsWithStateFunction<Object, Object, Object, Object> unwrapping =
        (key, events, state) -> users.call(key, new UserEvents(events), state);
    return of(operator, new GroupCode.Function(unwrapping), classLoader);
  }

  private static HarnessFunction of(
      StatefulOperator operator, GroupCode calls, ClassLoader classLoader) {
    RecordLayouts layouts = new RecordLayouts();
    HarnessFunction function =
        new HarnessFunction(
            operator,
            calls,
            untyped(JacksonStateCodec.of(operator.stateType(), layouts)),
            layouts,
            classLoader);
    // Fails at once if Jackson can't write or read the class of a variable.
    function.operator(function.compiled(false), new StandardKeyCodec());
    return function;
  }

  private static ClassLoader classLoaderOf(Object function) {
    ClassLoader classLoader = function.getClass().getClassLoader();
    return classLoader == null ? ClassLoader.getSystemClassLoader() : classLoader;
  }

  /** Returns this processor with initial rows. */
  HarnessFunction withInitialRows(
      InitialState<?, ?> initial, InitialRowFunction<?, ?, ?> onInitialRow) {
    GroupProcessor<?, ?, ?> processor = ((GroupCode.Processor) calls).processor();
    return of(
        StatefulOperator.processing(
            PROCESS, operator.mode(), Optional.of(initial), operator.declared()),
        new GroupCode.Processor(processor, Optional.of(onInitialRow)),
        classLoader);
  }

  /** Returns a script for the function. */
  Script script(Setting setting, List<ScriptStep> steps) {
    Duration delay = setting.delay;
    boolean hasWatermark = operator.usesEventTime() || delay != null || setting.movesWatermark;
    CompiledOperator compiled = compiled(hasWatermark);
    GroupOperator<Object, Object, Object, Object> called = operator(compiled, setting.keyCodec);
    return new Script(
        called,
        query(compiled),
        Script.RowRule.of(operator.mode(), operator.kind().equals(MAP)),
        delay == null ? null : delay.toMillis(),
        setting.start,
        setting.refusesMutation,
        operator
            .initialState()
            .map(initial -> InitialStates.read(initial, called, 1).get(0))
            .orElse(InitialGroups.NONE),
        List.copyOf(steps));
  }

  private CompiledOperator compiled(boolean hasWatermark) {
    Stage.Group group =
        new Stage.Group(event -> ((ScriptedEvent) event).key(), Optional.empty(), operator, calls);
    return CompiledOperator.of(group, hasWatermark, new Route(List.of(), 0, Route.SINK));
  }

  @SuppressWarnings("unchecked") // the harness's own types are gone here
  private GroupOperator<Object, Object, Object, Object> operator(
      CompiledOperator compiled, KeyCodec keyCodec) {
    return (GroupOperator<Object, Object, Object, Object>)
        QueryCodecs.operator(compiled, keyCodec, classLoader, layouts);
  }

  private static CompiledQuery query(CompiledOperator compiled) {
    Stage eventTime =
        new Stage.EventTime(
            event -> ((ScriptedEvent) event).time(), WatermarkStrategy.delay(Duration.ZERO));
    List<Stage> stages = compiled.hasWatermark() ? List.of(eventTime) : List.of();
    return new CompiledQuery(List.of(new Route(stages, 0, 0)), List.of(compiled), false);
  }

  @SuppressWarnings("unchecked") // as above
  private static FlatMapGroupsWithStateFunction<Object, Object, Object, Object> untyped(
      FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
    return (FlatMapGroupsWithStateFunction<Object, Object, Object, Object>) function;
  }

  @SuppressWarnings("unchecked") // as above
  private static GroupProcessor<Object, Object, Object> untyped(GroupProcessor<?, ?, ?> processor) {
    return (GroupProcessor<Object, Object, Object>) processor;
  }

  @SuppressWarnings("unchecked") // as above
  private static StateCodec<Object> untyped(StateCodec<?> codec) {
    return (StateCodec<Object>) codec;
  }

  /** A processor that passes on the user's events to the user's processor. */
  private record UnwrappingProcessor(GroupProcessor<Object, Object, Object> users)
      implements GroupProcessor<Object, Object, Object> {
    @Override
    public void declare(Declarations declarations) {
      users.declare(declarations);
    }

    @Override
    public void onEvents(Object key, Iterator<Object> events, GroupContext<Object> group)
        throws Exception {
      users.onEvents(key, new UserEvents(events), group);
    }

    @Override
    public void onTimer(Object key, Timer timer, GroupContext<Object> group) throws Exception {
      users.onTimer(key, timer, group);
    }
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
