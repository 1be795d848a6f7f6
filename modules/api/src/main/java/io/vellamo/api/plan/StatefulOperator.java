package io.vellamo.api.plan;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import java.util.Optional;

/**
 * What is done with each group.
 *
 * @param name the method that made it, such as {@code mapGroupsWithState}
 * @param mode how its rows relate to earlier ones
 * @param timeout the clock of its timeouts
 * @param stateType the class of its state, and how older versions are read
 * @param initialState the states that groups have before the first epoch; empty for none
 * @param function the user's function
 * @since 0.1
 */
public record StatefulOperator(
    String name,
    OutputMode mode,
    GroupStateTimeout timeout,
    StateType<?> stateType,
    Optional<InitialState<?, ?>> initialState,
    FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
  public StatefulOperator {
    requireNonNull(name, "name");
    requireNonNull(mode, "mode");
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    requireNonNull(initialState, "initialState");
    requireNonNull(function, "function");
  }

  /**
   * Creates an operator whose groups have no state before their first event.
   *
   * @param name as above
   * @param mode as above
   * @param timeout as above
   * @param stateType as above
   * @param function as above
   */
  public StatefulOperator(
      String name,
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<?> stateType,
      FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
    this(name, mode, timeout, stateType, Optional.empty(), function);
  }
}
