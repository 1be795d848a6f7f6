package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.InitialState;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.query.OutputMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a user's {@link GroupProcessor}: a script of events, clock moves and expectations,
 * run without actors in every {@link HarnessMode}.
 *
 * <pre>{@code
 * ProcessorHarness.process(OutputMode.APPEND, new WatchDevices())
 *     .startAt(noon)
 *     .event("pump", new Heartbeat("pump", noon))
 *     .expectValue("pump", WatchDevices.LAST, noon)
 *     .expectTimers("pump", WatchDevices.SILENT, noon.plus(Duration.ofMinutes(10)))
 *     .advanceProcessingTime(Duration.ofMinutes(10))
 *     .expectRows(new Alarm("pump", noon))
 *     .verify();
 * }</pre>
 *
 * <p>{@link ScriptHarness} describes what all scripts have in common.
 *
 * <p>Expectations of variables see what a call at that moment would see: entries that have expired
 * are not there. Variables and timers are those that the processor declares; an expectation of
 * another one makes {@link #verify} throw an {@link IllegalArgumentException}. Values of a class
 * without {@code equals} are compared as Jackson writes them.
 *
 * @param <K> the grouping keys; null is a valid key
 * @param <V> the events
 * @param <U> the rows
 * @since 0.1
 */
public final class ProcessorHarness<K extends @Nullable Object, V, U>
    extends ScriptHarness<K, V, U, ProcessorHarness<K, V, U>> {
  private ProcessorHarness(HarnessFunction function) {
    super(function);
  }

  /**
   * Returns an empty script for a processor.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param processor the processor under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <U> the rows
   * @return a script
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}, or the
   *     processor declares two variables or timers of the same name
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the class of a
   *     variable
   */
  public static <K extends @Nullable Object, V, U> ProcessorHarness<K, V, U> process(
      OutputMode mode, GroupProcessor<K, V, U> processor) {
    return new ProcessorHarness<>(HarnessFunction.of(mode, processor));
  }

  /**
   * Gives groups initial rows, which are passed to a function before the events of the first epoch,
   * as after {@code withInitialState} in a query.
   *
   * @param initial the initial rows
   * @param onInitialRow called for each of them, such as a function that fills the variables
   * @param <S> the initial rows
   * @return this script
   * @throws IllegalStateException if another step precedes, or it is called twice
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the class of the
   *     rows
   */
  public <S> ProcessorHarness<K, V, U> given(
      InitialState<K, S> initial, InitialRowFunction<K, S, U> onInitialRow) {
    recorder()
        .initial(requireNonNull(initial, "initial"), requireNonNull(onInitialRow, "onInitialRow"));
    return this;
  }

  /**
   * Expects a row with an event time among the rows since the last expectation of rows, and removes
   * it from them.
   *
   * @param row the row
   * @param eventTime its event time
   * @return this script
   */
  public ProcessorHarness<K, V, U> expectRowAt(U row, Instant eventTime) {
    requireNonNull(row, "row");
    return step("expectRowAt", Expectations.rowAt(row, requireNonNull(eventTime, "eventTime")));
  }

  /**
   * Expects a group's value of a variable.
   *
   * @param key the group
   * @param variable the variable
   * @param value its value
   * @param <S> the value
   * @return this script
   */
  public <S> ProcessorHarness<K, V, U> expectValue(K key, ValueVariable<S> variable, S value) {
    return step(
        "expectValue(%s, %s)".formatted(key, variable.name()),
        Expectations.values(key, variable, List.of(value)));
  }

  /**
   * Expects that a group has no value of a variable.
   *
   * @param key the group
   * @param variable the variable
   * @return this script
   */
  public ProcessorHarness<K, V, U> expectNoValue(K key, ValueVariable<?> variable) {
    return step(
        "expectNoValue(%s, %s)".formatted(key, variable.name()),
        Expectations.values(key, variable, List.of()));
  }

  /**
   * Expects a group's elements of a list.
   *
   * @param key the group
   * @param variable the list
   * @param elements all of its elements, in order; none for an empty list
   * @param <S> the elements
   * @return this script
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final <S> ProcessorHarness<K, V, U> expectList(
      K key, ListVariable<S> variable, S... elements) {
    List<Object> expected = List.copyOf(Arrays.asList(elements));
    return step(
        "expectList(%s, %s)".formatted(key, variable.name()),
        Expectations.values(key, variable, expected));
  }

  /**
   * Expects a group's entries of a map.
   *
   * @param key the group
   * @param variable the map
   * @param entries all of its entries, in any order
   * @param <A> the keys
   * @param <B> the values
   * @return this script
   */
  public <A, B> ProcessorHarness<K, V, U> expectMap(
      K key, MapVariable<A, B> variable, Map<A, B> entries) {
    Map<Object, Object> expected = new LinkedHashMap<>(entries);
    return step(
        "expectMap(%s, %s)".formatted(key, variable.name()),
        Expectations.map(key, variable, expected));
  }

  /**
   * Expects a group's timers of a name, with and without tags.
   *
   * @param key the group
   * @param timers the name
   * @param times the time of each timer that is set, in any order; none if no timer is set
   * @return this script
   */
  public ProcessorHarness<K, V, U> expectTimers(K key, TimerName timers, Instant... times) {
    List<Instant> expected = List.copyOf(Arrays.asList(times));
    return step(
        "expectTimers(%s, %s)".formatted(key, timers.name()),
        Expectations.timers(key, timers, expected));
  }

  /**
   * Expects a group's timers of a name, all of which have a tag.
   *
   * @param key the group
   * @param timers the name
   * @param times the time of each timer that is set, by its tag
   * @return this script
   */
  public ProcessorHarness<K, V, U> expectTimers(
      K key, TimerName timers, Map<String, Instant> times) {
    Map<String, Instant> expected = Map.copyOf(times);
    return step(
        "expectTimers(%s, %s)".formatted(key, timers.name()),
        Expectations.timersByTag(key, timers, expected));
  }

  @Override
  ProcessorHarness<K, V, U> self() {
    return this;
  }
}
