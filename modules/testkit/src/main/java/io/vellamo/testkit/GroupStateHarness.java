package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.TypeRef;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a user's function, without actors: a script of events, clock moves and expectations,
 * run in every {@link HarnessMode}.
 *
 * <pre>{@code
 * GroupStateHarness.flatMapGroupsWithState(
 *         OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
 *     .event("anna", click, noon)
 *     .expectNoRows()
 *     .advanceWatermark(noon.plus(Duration.ofHours(1)))
 *     .expectRows(new Session("anna", noon, noon, 1))
 *     .expectNothingKept()
 *     .verify();
 * }</pre>
 *
 * <p>It uses the engine of real queries and the codecs of the journal. The events between two other
 * steps are one epoch. Before an {@code expect…} or {@code advance…}, everything runs that would
 * run while the source is silent, epochs without data included; only {@link #endEpoch} ends an
 * epoch that the next one follows at once.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Only {@link #advanceProcessingTime} moves processing time. Only {@link
 * #advanceWatermark} moves the watermark, unless {@link #withWatermark} lets events move it. With
 * {@link GroupStateTimeout#EVENT_TIME}, an event older than the watermark of the preceding epoch is
 * late and dropped, as in a query.
 *
 * <p><b>Failure</b> {@link #verify} throws an {@link AssertionError} with the mode, the step, the
 * expected and the actual value. It shows rows and states, since only the author of the test reads
 * it.
 *
 * @param <K> the grouping keys; null is a valid key
 * @param <V> the events
 * @param <S> the state
 * @param <U> the rows
 * @since 0.1
 */
public final class GroupStateHarness<K extends @Nullable Object, V, S, U> {
  private final ScriptRecorder recorder;

  private GroupStateHarness(HarnessFunction function) {
    this.recorder = new ScriptRecorder(function);
  }

  /**
   * Returns an empty script for a function of {@code flatMapGroupsWithState}.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read as in a query
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> flatMapGroupsWithState(
          OutputMode mode,
          GroupStateTimeout timeout,
          Class<S> stateClass,
          FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return flatMapGroupsWithState(mode, timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns an empty script for a function of {@code flatMapGroupsWithState}, with a versioned
   * state.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws IllegalArgumentException if {@code mode} is {@link OutputMode#COMPLETE}
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> flatMapGroupsWithState(
          OutputMode mode,
          GroupStateTimeout timeout,
          StateType<S> stateType,
          FlatMapGroupsWithStateFunction<K, V, S, U> function) {
    return new GroupStateHarness<>(HarnessFunction.of(mode, timeout, stateType, function));
  }

  /**
   * Returns an empty script for a function of {@code mapGroupsWithState}.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read as in a query
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> mapGroupsWithState(
          GroupStateTimeout timeout,
          Class<S> stateClass,
          MapGroupsWithStateFunction<K, V, S, U> function) {
    return mapGroupsWithState(timeout, StateType.of(stateClass), function);
  }

  /**
   * Returns an empty script for a function of {@code mapGroupsWithState}, with a versioned state.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function the function under test
   * @param <K> the grouping keys
   * @param <V> the events
   * @param <S> the state
   * @param <U> the rows
   * @return a script
   * @throws io.vellamo.api.SerializationException if Jackson can't write or read the state class
   */
  public static <K extends @Nullable Object, V, S, U>
      GroupStateHarness<K, V, S, U> mapGroupsWithState(
          GroupStateTimeout timeout,
          StateType<S> stateType,
          MapGroupsWithStateFunction<K, V, S, U> function) {
    return new GroupStateHarness<>(HarnessFunction.of(timeout, stateType, function));
  }

  /**
   * Sets the class of the keys if no standard codec handles it; see {@code groupByKey}.
   *
   * @param keyClass a class that Jackson can write and read
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> keyClass(Class<K> keyClass) {
    recorder.keyType(requireNonNull(keyClass, "keyClass"));
    return this;
  }

  /**
   * Sets the type of the keys if it has type arguments; see {@code groupByKey}.
   *
   * @param keyType a type that Jackson can write and read
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> keyClass(TypeRef<K> keyType) {
    recorder.keyType(keyType.type());
    return this;
  }

  /**
   * Makes events move the watermark, as {@code withWatermark} does in a query.
   *
   * @param newDelay the distance of the watermark from the largest event time seen; not negative,
   *     and at most {@code Long.MAX_VALUE} milliseconds
   * @return this script
   * @throws IllegalArgumentException if {@code newDelay} is out of range
   */
  public GroupStateHarness<K, V, S, U> withWatermark(Duration newDelay) {
    recorder.delay(WatermarkStrategy.delay(newDelay).delay());
    return this;
  }

  /**
   * Sets the processing time at the beginning. Defaults to 1970-01-01T00:00:00Z.
   *
   * @param moment the processing time at which the script begins
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> startAt(Instant moment) {
    recorder.startAt(requireNonNull(moment, "moment"));
    return this;
  }

  /**
   * Gives a group a state before the first event.
   *
   * @param key the group
   * @param state its state
   * @return this script
   * @throws IllegalStateException if another step than {@code given} precedes
   */
  public GroupStateHarness<K, V, S, U> given(K key, S state) {
    recorder.give(key, state, null);
    return this;
  }

  /**
   * Gives a group a state and a timeout before the first event.
   *
   * @param key the group
   * @param state its state
   * @param timeout the time at which it times out, on the clock of the function's timeouts
   * @return this script
   * @throws IllegalStateException if another step than {@code given} precedes
   */
  public GroupStateHarness<K, V, S, U> given(K key, S state, Instant timeout) {
    recorder.give(key, state, requireNonNull(timeout, "timeout"));
    return this;
  }

  /**
   * Adds an event without event time: it is never late and doesn't move the watermark.
   *
   * @param key its group
   * @param event the event
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> event(K key, V event) {
    recorder.event(key, event, null);
    return this;
  }

  /**
   * Adds an event.
   *
   * @param key its group
   * @param event the event
   * @param time its event time
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> event(K key, V event, Instant time) {
    recorder.event(key, event, requireNonNull(time, "time"));
    return this;
  }

  /**
   * Ends the epoch: later events belong to the next epoch, which follows at once.
   *
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> endEpoch() {
    return step("endEpoch", WrittenRun::endEpoch);
  }

  /**
   * Moves the watermark, as an event of another group would, and fires the timeouts that become
   * due.
   *
   * @param to the new watermark; not before the current one
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> advanceWatermark(Instant to) {
    recorder.advanceWatermark(requireNonNull(to, "to"));
    return this;
  }

  /**
   * Moves processing time and fires the timeouts that become due.
   *
   * @param by the time to move by, not negative
   * @return this script
   * @throws IllegalArgumentException if {@code by} is negative
   */
  public GroupStateHarness<K, V, S, U> advanceProcessingTime(Duration by) {
    requireNonNull(by, "by");
    if (by.isNegative()) {
      throw new IllegalArgumentException("by must not be negative, was [%s]".formatted(by));
    }
    return step("advanceProcessingTime(%s)".formatted(by), run -> run.advanceProcessingTime(by));
  }

  /**
   * Expects the rows since the last expectation of rows, in any order.
   *
   * @param rows all of them; those of a class without {@code equals} are compared as Jackson writes
   *     them
   * @return this script
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final GroupStateHarness<K, V, S, U> expectRows(U... rows) {
    List<Object> expected = List.copyOf(Arrays.asList(rows));
    return step("expectRows", Expectations.rows(expected));
  }

  /**
   * Expects no rows since the last expectation of rows.
   *
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNoRows() {
    return step("expectNoRows", Expectations.rows(List.of()));
  }

  /**
   * Expects a group's state.
   *
   * @param key the group
   * @param state its state
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectState(K key, S state) {
    requireNonNull(state, "state");
    return step("expectState(%s)".formatted(key), Expectations.state(key, state));
  }

  /**
   * Expects that a group has no state.
   *
   * @param key the group
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNoState(K key) {
    return step("expectNoState(%s)".formatted(key), Expectations.state(key, null));
  }

  /**
   * Expects a group's timeout.
   *
   * @param key the group
   * @param timeout the time at which it times out, on the clock of the function's timeouts
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectTimeout(K key, Instant timeout) {
    requireNonNull(timeout, "timeout");
    return step("expectTimeout(%s)".formatted(key), Expectations.timeout(key, timeout));
  }

  /**
   * Expects that a group has no timeout.
   *
   * @param key the group
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNoTimeout(K key) {
    return step("expectNoTimeout(%s)".formatted(key), Expectations.timeout(key, null));
  }

  /**
   * Expects that no group has a state or a timeout.
   *
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNothingKept() {
    return step("expectNothingKept", Expectations.nothingKept());
  }

  /**
   * Expects the number of late events since the last expectation of late events.
   *
   * @param events the number of late events
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectLate(long events) {
    return step("expectLate", Expectations.late(events));
  }

  /**
   * Leaves out a mode.
   *
   * @param mode not {@link HarnessMode#AS_WRITTEN}
   * @param reason why the function may behave differently in it, for the reader of the test
   * @return this script
   * @throws IllegalArgumentException if {@code mode} can't be left out or {@code reason} is blank
   */
  public GroupStateHarness<K, V, S, U> exceptMode(HarnessMode mode, String reason) {
    recorder.leaveOut(requireNonNull(mode, "mode"), requireNonNull(reason, "reason"));
    return this;
  }

  /**
   * Runs the script in every mode that is not left out. May be called again, also after more steps.
   *
   * @throws AssertionError if an expectation is not met, a mode differs, or the function throws
   */
  public void verify() {
    recorder.verify();
  }

  private GroupStateHarness<K, V, S, U> step(String text, ScriptStep.Action action) {
    recorder.step(text, action);
    return this;
  }
}
