package io.vellamo.api.plan;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;

/**
 * What is done with each group.
 *
 * @param name {@code mapGroupsWithState} or {@code flatMapGroupsWithState}
 * @param mode how its rows relate to earlier ones
 * @param timeout the clock of its timeouts
 * @param stateType the class of its state, and how older versions are read
 * @param function the user's function
 * @since 0.1
 */
public record StatefulOperator(
    String name,
    OutputMode mode,
    GroupStateTimeout timeout,
    StateType<?> stateType,
    FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) {}
