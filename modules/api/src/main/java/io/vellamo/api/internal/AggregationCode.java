package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.SessionWindows;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user code of an aggregation.
 *
 * @param windows the windows; empty for groups without
 * @param aggregators the aggregators, each with a buffer of its own
 * @param names the names of the buffers, for tools; empty if they have none
 * @param rows turns buffers into rows
 * @param openSpans the variable of the open slices or sessions, by start; unused without windows
 * @since 0.1
 */
public record AggregationCode(
    Optional<Windows<?>> windows,
    List<Aggregator<Object, Object, ?>> aggregators,
    List<String> names,
    Rows rows,
    MapVariable<Long, Object[]> openSpans)
    implements GroupCode {
  /** Turns the buffers of a group into its row. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Returns a row.
     *
     * @param key the group's key
     * @param window the window; null without windows
     * @param buffers the buffers, one for each aggregator; must not be changed
     * @return the row
     */
    Object row(@Nullable Object key, @Nullable Window window, Object[] buffers);
  }

  private static final String KIND = "aggregate";
  private static final int MOST_SLICES_OF_ONE_VALUE = 4;

  /** The timer of the next end of a window. */
  public static final EventTimer END = EventTimer.named("end");

  public AggregationCode {
    requireNonNull(windows, "windows");
    aggregators = List.copyOf(aggregators);
    names = List.copyOf(names);
    requireNonNull(rows, "rows");
  }

  /**
   * Creates the code of an aggregation.
   *
   * @param windows the windows; empty for groups without
   * @param aggregators the aggregators
   * @param names the names of the buffers; empty if they have none
   * @param rows turns buffers into rows
   */
  public AggregationCode(
      Optional<Windows<?>> windows,
      List<Aggregator<Object, Object, ?>> aggregators,
      List<String> names,
      Rows rows) {
    this(windows, aggregators, names, rows, variable(windows, aggregators));
  }

  /**
   * Creates the code of an aggregation whose buffers have no names.
   *
   * @param windows the windows; empty for groups without
   * @param aggregators the aggregators
   * @param rows turns buffers into rows
   */
  public AggregationCode(
      Optional<Windows<?>> windows, List<Aggregator<Object, Object, ?>> aggregators, Rows rows) {
    this(windows, aggregators, List.of(), rows);
  }

  private static MapVariable<Long, Object[]> variable(
      Optional<Windows<?>> windows, List<Aggregator<Object, Object, ?>> aggregators) {
    List<StateType<?>> parts = new ArrayList<>();
    if (windows.isPresent() && windows.get() instanceof SessionWindows) {
      parts.add(SessionEnd.TYPE);
    }
    aggregators.forEach(each -> parts.add(each.bufferType()));
    String name = windows.map(SliceName::of).orElse("unused");
    return Variables.map(name, Long.class, CompositeForm.of(parts));
  }

  private List<StateType<?>> bufferTypes() {
    List<StateType<?>> types = new ArrayList<>();
    aggregators.forEach(each -> types.add(each.bufferType()));
    return types;
  }

  /**
   * Returns new buffers.
   *
   * @return the buffers of no events
   */
  public Object[] zero() {
    Object[] buffers = new Object[aggregators.size()];
    for (int place = 0; place < buffers.length; place++) {
      buffers[place] = requireNonNull(aggregators.get(place).zero(), "zero");
    }
    return buffers;
  }

  /**
   * Returns the operator, which emits in {@link OutputMode#APPEND} until another mode is chosen.
   *
   * @param isGlobal whether all events are in one group, which has a row even without events
   * @return an operator without a name
   */
  public StatefulOperator operator(boolean isGlobal) {
    if (windows.isPresent()) {
      return windowed(Optional.empty(), OutputMode.APPEND);
    }
    StateType<Object[]> type = openSpans.type();
    Optional<InitialState<?, ?>> initial =
        isGlobal
            ? Optional.of(InitialState.of(type, Collections.singletonMap(null, zero())))
            : Optional.empty();
    return new StatefulOperator(
        KIND,
        OutputMode.APPEND,
        GroupStateTimeout.NONE,
        type,
        initial,
        Set.of(Trait.REPLACES_OWN_ROWS));
  }

  /**
   * Returns the operator with another mode.
   *
   * @param before the operator
   * @param mode the mode
   * @return an operator with the same name
   */
  public StatefulOperator operator(StatefulOperator before, OutputMode mode) {
    if (windows.isPresent()) {
      return windowed(before.givenName(), mode);
    }
    return new StatefulOperator(
        KIND,
        before.givenName(),
        mode,
        before.timeout(),
        before.stateType(),
        before.initialState(),
        before.declared(),
        before.traits());
  }

  private StatefulOperator windowed(Optional<String> name, OutputMode mode) {
    if (keepsOneValue(mode)) {
      return new StatefulOperator(
          KIND,
          name,
          mode,
          GroupStateTimeout.EVENT_TIME,
          SlicesForm.of((TimeWindows) windows.orElseThrow(), bufferTypes()),
          Optional.empty(),
          DeclaredState.NONE,
          Set.of(Trait.EMITS_EVENT_TIMES, Trait.REPLACES_OWN_ROWS));
    }
    return new StatefulOperator(
        KIND,
        name,
        mode,
        GroupStateTimeout.NONE,
        StatefulOperator.NO_STATE,
        Optional.empty(),
        new DeclaredState(List.of(openSpans), List.of(END), Duration.ZERO),
        Set.of(
            Trait.HAS_VARIABLES,
            Trait.KEEPS_VARIABLES,
            Trait.EMITS_EVENT_TIMES,
            Trait.REPLACES_OWN_ROWS));
  }

  /**
   * Returns whether a group keeps its slices as one value instead of as entries of a map: if they
   * are few and small, writing all of them costs less than an entry of its own for each. The rule
   * decides how states are stored, so it must never change.
   *
   * @param mode the mode; in {@link OutputMode#COMPLETE}, slices are kept forever
   * @return whether the state is one value
   */
  public boolean keepsOneValue(OutputMode mode) {
    return mode != OutputMode.COMPLETE
        && windows.isPresent()
        && windows.get() instanceof TimeWindows time
        && time.widthMillis() / time.sliceMillis() <= MOST_SLICES_OF_ONE_VALUE
        && aggregators.stream().allMatch(AggregationCode::isSmall);
  }

  private static boolean isSmall(Aggregator<Object, Object, ?> aggregator) {
    return aggregator.bufferType().serializer().orElse(null) instanceof DirectForm<?> form
        && form.isSmall();
  }
}
