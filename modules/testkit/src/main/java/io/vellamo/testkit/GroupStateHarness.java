package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.MapGroupsWithStateFunction;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives a user's function without actors: a script of events and clocks, with what is expected in
 * between, run in every {@link HarnessMode}.
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
 * <p>It runs on the engine that queries run on, with the codecs that the journal is written with.
 * The events between two other steps are one epoch. Before an {@code expect…} or {@code advance…},
 * everything runs that would run while the source is silent, epochs without data included; {@link
 * #endEpoch} alone ends an epoch with the next one right behind.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Processing time stands still but for {@link #advanceProcessingTime}. The watermark
 * moves by {@link #advanceWatermark} only, unless {@link #withWatermark} lets events move it. With
 * {@link GroupStateTimeout#EVENT_TIME}, an event older than the watermark of the epoch before is
 * late and dropped, as in a query.
 *
 * <p><b>Failure</b> {@link #verify} throws an {@link AssertionError} that says in which mode, at
 * which step, what was expected and what was found. As it speaks to the author of a test, it shows
 * rows and states.
 *
 * @param <K> the grouping keys; null is a key like any other
 * @param <V> the events
 * @param <S> the state
 * @param <U> the rows
 * @since 0.1
 */
public final class GroupStateHarness<K extends @Nullable Object, V, S, U> {
  private final HarnessFunction function;
  private final List<ScriptStep> steps = new ArrayList<>();
  private final Set<HarnessMode> leftOut = EnumSet.noneOf(HarnessMode.class);
  private KeyCodec keyCodec = new StandardKeyCodec();
  private @Nullable Duration delay;
  private Instant start = Instant.EPOCH;
  private boolean movesWatermark;
  private boolean hasBegun;

  private GroupStateHarness(HarnessFunction function) {
    this.function = function;
  }

  /**
   * Returns an empty script for a function as {@code flatMapGroupsWithState} takes it.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read with Jackson
   * @param function what is tested
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
   * Returns an empty script for a function as {@code flatMapGroupsWithState} takes it, with a state
   * that has versions.
   *
   * @param mode append if rows are final, update if they replace earlier ones
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function what is tested
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
   * Returns an empty script for a function as {@code mapGroupsWithState} takes it.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateClass the state, written and read with Jackson
   * @param function what is tested
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
   * Returns an empty script for a function as {@code mapGroupsWithState} takes it, with a state
   * that has versions.
   *
   * @param timeout the clock of the groups' timeouts
   * @param stateType the state, its version and its migrations
   * @param function what is tested
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
   * Sets the class of the keys, if it is not a standard one; see {@code groupByKey}.
   *
   * @param keyClass a class that Jackson can write and read
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> keyClass(Class<K> keyClass) {
    keyCodec = JacksonKeyCodec.of(requireNonNull(keyClass, "keyClass"));
    return this;
  }

  /**
   * Lets events move the watermark, as {@code withWatermark} does in a query.
   *
   * @param newDelay how far the watermark trails the largest event time seen; not negative, and not
   *     longer than milliseconds can count
   * @return this script
   * @throws IllegalArgumentException if {@code newDelay} is out of range
   */
  public GroupStateHarness<K, V, S, U> withWatermark(Duration newDelay) {
    delay = WatermarkStrategy.delay(newDelay).delay();
    return this;
  }

  /**
   * Sets the processing time at the beginning. Defaults to 1970-01-01T00:00:00Z.
   *
   * @param moment when the script begins
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> startAt(Instant moment) {
    start = requireNonNull(moment, "moment");
    return this;
  }

  /**
   * Gives a group a state before the first event.
   *
   * @param key the group
   * @param state its state
   * @return this script
   * @throws IllegalStateException if an event or clock came before
   */
  public GroupStateHarness<K, V, S, U> given(K key, S state) {
    return give(key, state, null);
  }

  /**
   * Gives a group a state and a timeout before the first event.
   *
   * @param key the group
   * @param state its state
   * @param timeout when it times out, on the clock of the function's timeouts
   * @return this script
   * @throws IllegalStateException if an event or clock came before
   */
  public GroupStateHarness<K, V, S, U> given(K key, S state, Instant timeout) {
    return give(key, state, requireNonNull(timeout, "timeout"));
  }

  /**
   * Adds an event without event time: it is never late and doesn't move the watermark.
   *
   * @param key its group
   * @param event the event
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> event(K key, V event) {
    return add(key, event, null);
  }

  /**
   * Adds an event.
   *
   * @param key its group
   * @param event the event
   * @param time when it happened
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> event(K key, V event, Instant time) {
    return add(key, event, requireNonNull(time, "time"));
  }

  /**
   * Ends the epoch: the events before are one, those behind belong to the next, which follows at
   * once.
   *
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> endEpoch() {
    return step("endEpoch", WrittenRun::endEpoch);
  }

  /**
   * Moves the watermark, as an event of some other group would, and fires what it passes.
   *
   * @param to where it stands then; not before where it is
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> advanceWatermark(Instant to) {
    requireNonNull(to, "to");
    movesWatermark = true;
    return step("advanceWatermark(%s)".formatted(to), run -> run.advanceWatermark(to));
  }

  /**
   * Moves processing time, and fires what it passes.
   *
   * @param by how far, not negative
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
   * Expects rows since the last expectation of rows, in any order.
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
   * Expects that there were no rows since the last expectation of rows.
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
   * @param timeout when it times out, on the clock of the function's timeouts
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
   * Expects that no group has state or timeout: nothing is left behind.
   *
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectNothingKept() {
    return step("expectNothingKept", Expectations.nothingKept());
  }

  /**
   * Expects late events since the last expectation of late events.
   *
   * @param events how many
   * @return this script
   */
  public GroupStateHarness<K, V, S, U> expectLate(long events) {
    return step("expectLate", Expectations.late(events));
  }

  /**
   * Leaves out a mode.
   *
   * @param mode not {@link HarnessMode#AS_WRITTEN}
   * @param reason why the function may behave otherwise in it, for the reader of the test
   * @return this script
   * @throws IllegalArgumentException if {@code mode} can't be left out or {@code reason} is blank
   */
  public GroupStateHarness<K, V, S, U> exceptMode(HarnessMode mode, String reason) {
    requireNonNull(mode, "mode");
    requireNonNull(reason, "reason");
    if (mode == HarnessMode.AS_WRITTEN) {
      throw new IllegalArgumentException(
          "mode must not be AS_WRITTEN; what it gives is what the others are compared with");
    }
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "reason must say why mode [%s] is left out, was blank".formatted(mode));
    }
    leftOut.add(mode);
    return this;
  }

  /**
   * Runs the script in every mode that is not left out. May be repeated, also after more steps.
   *
   * @throws AssertionError if an expectation is not met, a mode differs, or the function throws
   */
  public void verify() {
    WrittenRun written = WrittenRun.of(script());
    for (HarnessMode mode : HarnessMode.values()) {
      if (mode != HarnessMode.AS_WRITTEN && !leftOut.contains(mode)) {
        ModeRun.compare(written, mode);
      }
    }
  }

  private Script script() {
    boolean watchesStates = !leftOut.contains(HarnessMode.STATE_KEPT);
    return function.script(
        new HarnessFunction.Setting(keyCodec, delay, movesWatermark, start, watchesStates), steps);
  }

  private GroupStateHarness<K, V, S, U> give(K key, S state, @Nullable Instant timeout) {
    requireNonNull(state, "state");
    if (hasBegun) {
      throw new IllegalStateException(
          "given must stand before all events and clocks; use an event to bring a group to a"
              + " state later");
    }
    byte[] bytes = function.stateCodec().write(state);
    Long timeoutMillis = timeout == null ? null : timeout.toEpochMilli();
    return record(
        "given(%s)".formatted(key),
        run ->
            run.give(
                new SnapshotPart.Group(keyCodec.write(key), GroupEntry.of(bytes, timeoutMillis))));
  }

  private GroupStateHarness<K, V, S, U> add(K key, V event, @Nullable Instant time) {
    requireNonNull(event, "event");
    ScriptedEvent scripted = new ScriptedEvent(steps.size(), key, event, time);
    String when = time == null ? "" : ", " + time;
    return step("event(%s%s)".formatted(key, when), run -> run.event(scripted));
  }

  private GroupStateHarness<K, V, S, U> step(String text, ScriptStep.Action action) {
    hasBegun = true;
    return record(text, action);
  }

  private GroupStateHarness<K, V, S, U> record(String text, ScriptStep.Action action) {
    steps.add(new ScriptStep(steps.size() + 1, text, action));
    return this;
  }
}
