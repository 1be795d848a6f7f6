package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import java.util.Optional;
import java.util.Set;

/**
 * The description of a stateful operator, which calls a function for each group.
 *
 * @param kind the method that created the operator, such as {@code mapGroupsWithState}
 * @param givenName the name given by the user; empty if there is none
 * @param mode the relation of its rows to earlier ones
 * @param timeout the clock of its timeouts
 * @param stateType the class of its state or, for a processor, of its initial rows, with the
 *     migrations from older versions
 * @param initialState the states of groups before the first epoch; empty for none
 * @param declared the variables and timers of a processor; none for operators with a single state
 * @param traits the properties in which it differs from others
 * @since 0.1
 */
public record StatefulOperator(
    String kind,
    Optional<String> givenName,
    OutputMode mode,
    GroupStateTimeout timeout,
    StateType<?> stateType,
    Optional<InitialState<?, ?>> initialState,
    DeclaredState declared,
    Set<Trait> traits) {
  /** A property in which operators differ. */
  public enum Trait {
    /** It needs all events of a group in one call, which only a batch provides. */
    NEEDS_ALL_EVENTS,
    /** Its rows replace only its own earlier rows, so it may follow another operator. */
    REPLACES_OWN_ROWS,
    /** Its rows have event times if its events have. */
    EMITS_EVENT_TIMES,
    /** It has declared variables and timers instead of a single state and timeout. */
    HAS_VARIABLES
  }

  /** The type of a state that is never set. */
  static final StateType<?> NO_STATE = StateType.of(Boolean.class);

  public StatefulOperator {
    requireNonNull(kind, "kind");
    requireNonNull(givenName, "givenName");
    requireNonNull(mode, "mode");
    requireNonNull(timeout, "timeout");
    requireNonNull(stateType, "stateType");
    requireNonNull(initialState, "initialState");
    requireNonNull(declared, "declared");
    traits = Set.copyOf(traits);
  }

  /**
   * Creates an operator with a single state, without a given name.
   *
   * @param kind as above
   * @param mode as above
   * @param timeout as above
   * @param stateType as above
   * @param initialState as above
   * @param traits as above
   */
  public StatefulOperator(
      String kind,
      OutputMode mode,
      GroupStateTimeout timeout,
      StateType<?> stateType,
      Optional<InitialState<?, ?>> initialState,
      Set<Trait> traits) {
    this(
        kind, Optional.empty(), mode, timeout, stateType, initialState, DeclaredState.NONE, traits);
  }

  /**
   * Returns an operator that calls a processor.
   *
   * @param kind as above
   * @param mode as above
   * @param initialState as above
   * @param declared as above
   * @return an operator without a given name
   */
  public static StatefulOperator processing(
      String kind,
      OutputMode mode,
      Optional<InitialState<?, ?>> initialState,
      DeclaredState declared) {
    return new StatefulOperator(
        kind,
        Optional.empty(),
        mode,
        GroupStateTimeout.NONE,
        initialState.<StateType<?>>map(InitialState::stateType).orElse(NO_STATE),
        initialState,
        declared,
        Set.of(Trait.HAS_VARIABLES, Trait.EMITS_EVENT_TIMES));
  }

  /**
   * Creates an operator without a given name, initial states and traits.
   *
   * @param kind as above
   * @param mode as above
   * @param timeout as above
   * @param stateType as above
   */
  public StatefulOperator(
      String kind, OutputMode mode, GroupStateTimeout timeout, StateType<?> stateType) {
    this(kind, mode, timeout, stateType, Optional.empty(), Set.of());
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
   * Returns whether it has a trait.
   *
   * @param trait the trait
   */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /**
   * Returns whether it compares event times with the watermark.
   *
   * @return true if a timeout, timer or expiry is in event time
   */
  public boolean usesEventTime() {
    return timeout == GroupStateTimeout.EVENT_TIME || declared.usesEventTime();
  }

  /**
   * Returns this operator with a given name.
   *
   * @param name the name
   */
  public StatefulOperator named(String name) {
    return new StatefulOperator(
        kind, Optional.of(name), mode, timeout, stateType, initialState, declared, traits);
  }
}
