package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.query.OutputMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream grouped by key, where some groups have a state before the first event.
 *
 * @param <K> the key type
 * @param <V> the event type
 * @param <S> the state type
 * @since 0.1
 */
public final class InitializedGroups<K extends @Nullable Object, V, S> {
  private final GroupedStream<K, V> groups;
  private final InitialState<K, S> initial;

  InitializedGroups(GroupedStream<K, V> groups, InitialState<K, S> initial) {
    this.groups = groups;
    this.initial = requireNonNull(initial, "initial");
  }

  /**
   * Returns the rows of a function that emits exactly one row whenever a group is called. The
   * query's output mode is {@link OutputMode#UPDATE}.
   *
   * @param timeout the clock of the groups' timeouts
   * @param function called for each group that has new events or whose timeout has passed, and in
   *     the first epoch for each group with an initial state, unless {@link
   *     InitialState#calledOnlyWithEvents} excludes groups without events
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code timeout} requires a watermark and there is none
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <U> EventStream<U> mapGroupsWithState(
      GroupStateTimeout timeout, MapGroupsWithStateFunction<K, V, S, U> function) {
    return groups.map(timeout, initial.stateType(), Optional.of(initial), function);
  }

  /**
   * Returns the rows of a function that emits any number of rows whenever a group is called.
   *
   * @param mode {@link OutputMode#APPEND} if rows are final, {@link OutputMode#UPDATE} if they
   *     replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param function called for each group that has new events or whose timeout has passed, and in
   *     the first epoch for each group with an initial state, unless {@link
   *     InitialState#calledOnlyWithEvents} excludes groups without events
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, or {@code
   *     timeout} requires a watermark and there is none
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <U> EventStream<U> flatMapGroupsWithState(
      OutputMode mode,
      GroupStateTimeout timeout,
      FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return groups.flatMap(mode, timeout, initial.stateType(), Optional.of(initial), function);
  }

  /**
   * Returns the rows of a processor whose variables and timers are first set from the initial
   * states, of which a group may have several here.
   *
   * @param mode {@link OutputMode#APPEND} if rows are final, {@link OutputMode#UPDATE} if they
   *     replace earlier ones
   * @param processor called for each group that has new events or due timers
   * @param onInitialRow called for each initial state in the query's first epoch, before the
   *     group's events; {@link InitialState#calledOnlyWithEvents} has no effect on it
   * @param <U> the row type; each row is written and read as its own class
   * @return the rows
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, two variables
   *     or timers have the same name, or one is in event time and there is no watermark
   * @throws IllegalStateException if this operator must not follow the operators upstream of it
   */
  public <U> EventStream<U> process(
      OutputMode mode,
      GroupProcessor<K, V, U> processor,
      InitialRowFunction<K, S, U> onInitialRow) {
    requireNonNull(onInitialRow, "onInitialRow");
    return groups.process(mode, processor, Optional.of(initial), Optional.of(onInitialRow));
  }
}
