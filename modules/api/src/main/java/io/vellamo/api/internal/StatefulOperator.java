package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import java.util.Optional;

/**
 * A stateful operator, which calls a function for each group.
 *
 * @param kind the method that created the operator, such as {@code mapGroupsWithState}
 * @param givenName the name given by the user; empty if there is none
 * @param mode the relation of its rows to earlier ones
 * @param timeout the clock of its timeouts
 * @param stateType the class of its state, with the migrations from older versions
 * @param initialState the states of groups before the first epoch; empty for none
 * @param function the user's function
 * @since 0.1
 */
public record StatefulOperator(
    String kind,
    Optional<String> givenName,
    OutputMode mode,
    GroupStateTimeout timeout,
    StateType<?> stateType,
    Optional<InitialState<?, ?>> initialState,
    FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
  public StatefulOperator {
    requireNonNull(kind, "kind");
    requireNonNull(givenName, "givenName");
    requireNonNull(mode, "mode");
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    requireNonNull(initialState, "initialState");
    requireNonNull(function, "function");
  }

  /**
   * Creates an operator without a given name and without initial states.
   *
   * @param kind as above
   * @param mode as above
   * @param timeout as above
   * @param stateType as above
   * @param function as above
   */
  public StatefulOperator(
      String kind,
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<?> stateType,
      FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {
    this(kind, Optional.empty(), mode, timeout, stateType, Optional.empty(), function);
  }

  /**
   * Returns the name that identifies the operator in reports, errors and the journal.
   *
   * @return the given name, or the kind if there is none
   */
  public String name() {
    return givenName.orElse(kind);
  }

  /**
   * Returns this operator with a given name.
   *
   * @param name the name
   */
  public StatefulOperator named(String name) {
    return new StatefulOperator(
        kind, Optional.of(name), mode, timeout, stateType, initialState, function);
  }
}
