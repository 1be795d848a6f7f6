package io.vellamo.api.query;

import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.ValueVariable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group of a running query as of a committed epoch: its state, its variables and timers, or the
 * current results of its windows. Entries that have expired in that epoch are left out.
 *
 * <p>Values are deserialized by each call: changing one affects neither the query nor the result of
 * the next call.
 *
 * <p><b>Threading</b> Immutable and safe to share.
 *
 * <p><b>Failure</b> Methods that deserialize throw {@link io.vellamo.api.SerializationException} if
 * a value can't be read.
 *
 * @since 0.1
 */
public interface CommittedGroup {
  /**
   * Returns the name of the operator that keeps the group.
   *
   * @return the name
   */
  String operator();

  /**
   * Returns the grouping key.
   *
   * @return the key, as {@code groupByKey} returned it; null is a valid key
   */
  @Nullable Object key();

  /**
   * Returns the epoch as of which the group is shown.
   *
   * @return the number of a committed epoch; 0 before the first one
   */
  long epoch();

  /**
   * Returns the state of a group of {@code mapGroupsWithState}, {@code flatMapGroupsWithState} or
   * {@code reduceGroups}.
   *
   * @param stateClass the class of the operator's states, or a superclass
   * @param <S> the state
   * @return the state; empty if there is none
   * @throws IllegalArgumentException if the state has another class, or the operator keeps
   *     variables or aggregates instead
   */
  <S> Optional<S> state(Class<S> stateClass);

  /**
   * Returns the timeout of the group.
   *
   * @return the time, on the clock of the operator's timeouts; empty if there is none
   */
  Optional<Instant> timeout();

  /**
   * Returns the value of a processor's variable.
   *
   * @param variable the constant that the processor declares
   * @param <S> the value
   * @return the value; empty if there is none
   * @throws IllegalArgumentException if the operator does not declare it
   */
  <S> Optional<S> value(ValueVariable<S> variable);

  /**
   * Returns the elements of a processor's variable.
   *
   * @param variable the constant that the processor declares
   * @param <S> the elements
   * @return an unmodifiable list
   * @throws IllegalArgumentException if the operator does not declare it
   */
  <S> List<S> list(ListVariable<S> variable);

  /**
   * Returns the entries of a processor's variable.
   *
   * @param variable the constant that the processor declares
   * @param <A> the keys
   * @param <B> the values
   * @return an unmodifiable map, in the order in which the keys were first put
   * @throws IllegalArgumentException if the operator does not declare it
   */
  <A, B> Map<A, B> map(MapVariable<A, B> variable);

  /**
   * Returns the timers of a processor that are set.
   *
   * @param name the constant that the processor declares
   * @return the timers of that name, the earliest first
   * @throws IllegalArgumentException if the operator does not declare it
   */
  List<Timer> timers(TimerName name);

  /**
   * Returns the current results of an aggregation: the rows that it would emit if the group's open
   * windows or sessions ended now. In output mode {@code COMPLETE}, it includes the windows that
   * have ended.
   *
   * <p>Calls the aggregators and the result function of the query, on the calling thread.
   *
   * @return the rows, in the order of the windows; one row without windows; empty for other
   *     operators
   */
  List<Object> results();

  /**
   * Returns why the group is parked.
   *
   * @return empty if it is not parked
   */
  Optional<ParkedGroup> parked();

  /**
   * Returns the group as a JSON object on one line, made without the classes of key and state: with
   * the properties {@code operator}, {@code epoch}, {@code key}, {@code state}, {@code timeout},
   * {@code variables} and {@code parked}.
   *
   * @return well-formed Unicode text
   */
  String json();
}
