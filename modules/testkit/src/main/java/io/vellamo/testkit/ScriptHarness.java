package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.TypeRef;
import io.vellamo.api.query.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script of events, clock moves and expectations for a user's function, run without actors in
 * every {@link HarnessMode}.
 *
 * <p>It uses the engine of real queries and the codecs of the journal. The events between two other
 * steps are one epoch. Before an {@code expect…} or {@code advance…}, everything runs that would
 * run while the source is silent, epochs without data included; only {@link #endEpoch} ends an
 * epoch that the next one follows at once.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Only {@link #advanceProcessingTime} moves processing time. Only {@link
 * #advanceWatermark} moves the watermark, unless {@link #withWatermark} lets events move it. If the
 * function depends on event time, an event older than the watermark of the preceding epoch is late
 * and dropped, as in a query.
 *
 * <p><b>Failure</b> {@link #verify} throws an {@link AssertionError} with the mode, the step, the
 * expected and the actual value. It shows rows and states, since only the author of the test reads
 * it.
 *
 * @param <K> the grouping keys; null is a valid key
 * @param <V> the events
 * @param <U> the rows
 * @param <H> the script itself
 * @since 0.1
 */
public abstract sealed class ScriptHarness<
        K extends @Nullable Object, V, U, H extends ScriptHarness<K, V, U, H>>
    permits GroupStateHarness, ProcessorHarness {
  private final ScriptRecorder recorder;

  ScriptHarness(HarnessFunction function) {
    this.recorder = new ScriptRecorder(function);
  }

  abstract H self();

  final ScriptRecorder recorder() {
    return recorder;
  }

  /**
   * Sets the class of the keys if no standard codec handles it; see {@code groupByKey}.
   *
   * @param keyClass a class that Jackson can write and read
   * @return this script
   */
  public final H keyClass(Class<K> keyClass) {
    recorder.keyType(requireNonNull(keyClass, "keyClass"));
    return self();
  }

  /**
   * Sets the type of the keys if it has type arguments; see {@code groupByKey}.
   *
   * @param keyType a type that Jackson can write and read
   * @return this script
   */
  public final H keyClass(TypeRef<K> keyType) {
    recorder.keyType(keyType.type());
    return self();
  }

  /**
   * Makes events move the watermark, as {@code withWatermark} does in a query.
   *
   * @param newDelay the distance of the watermark from the largest event time seen; not negative,
   *     and at most {@code Long.MAX_VALUE} milliseconds
   * @return this script
   * @throws IllegalArgumentException if {@code newDelay} is out of range
   */
  public final H withWatermark(Duration newDelay) {
    recorder.delay(WatermarkStrategy.delay(newDelay).delay());
    return self();
  }

  /**
   * Sets the processing time at the beginning. Defaults to 1970-01-01T00:00:00Z.
   *
   * @param moment the processing time at which the script begins
   * @return this script
   */
  public final H startAt(Instant moment) {
    recorder.startAt(requireNonNull(moment, "moment"));
    return self();
  }

  /**
   * Adds an event without event time: it is never late and doesn't move the watermark.
   *
   * @param key its group
   * @param event the event
   * @return this script
   */
  public final H event(K key, V event) {
    recorder.event(key, event, null);
    return self();
  }

  /**
   * Adds an event.
   *
   * @param key its group
   * @param event the event
   * @param time its event time
   * @return this script
   */
  public final H event(K key, V event, Instant time) {
    recorder.event(key, event, requireNonNull(time, "time"));
    return self();
  }

  /**
   * Ends the epoch: later events belong to the next epoch, which follows at once.
   *
   * @return this script
   */
  public final H endEpoch() {
    return step("endEpoch", WrittenRun::endEpoch);
  }

  /**
   * Moves the watermark, as an event of another group would, and fires the timeouts and timers that
   * become due.
   *
   * @param to the new watermark; not before the current one
   * @return this script
   */
  public final H advanceWatermark(Instant to) {
    recorder.advanceWatermark(requireNonNull(to, "to"));
    return self();
  }

  /**
   * Moves processing time and fires the timeouts and timers that become due.
   *
   * @param by the time to move by, not negative
   * @return this script
   * @throws IllegalArgumentException if {@code by} is negative
   */
  public final H advanceProcessingTime(Duration by) {
    requireNonNull(by, "by");
    if (by.isNegative()) {
      throw new IllegalArgumentException("by must not be negative, was [%s]".formatted(by));
    }
    return step("advanceProcessingTime(%s)".formatted(by), run -> run.advanceProcessingTime(by));
  }

  /**
   * Expects the rows since the last expectation of rows, in any order, whatever their event times.
   *
   * @param rows all of them; those of a class without {@code equals} are compared as Jackson writes
   *     them
   * @return this script
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final H expectRows(U... rows) {
    List<Object> expected = List.copyOf(Arrays.asList(rows));
    return step("expectRows", Expectations.rows(expected));
  }

  /**
   * Expects no rows since the last expectation of rows.
   *
   * @return this script
   */
  public final H expectNoRows() {
    return step("expectNoRows", Expectations.rows(List.of()));
  }

  /**
   * Expects that no group has a state, variable, timeout or timer.
   *
   * @return this script
   */
  public final H expectNothingKept() {
    return step("expectNothingKept", Expectations.nothingKept());
  }

  /**
   * Expects the number of late events since the last expectation of late events.
   *
   * @param events the number of late events
   * @return this script
   */
  public final H expectLate(long events) {
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
  public final H exceptMode(HarnessMode mode, String reason) {
    recorder.leaveOut(requireNonNull(mode, "mode"), requireNonNull(reason, "reason"));
    return self();
  }

  /**
   * Runs the script in every mode that is not left out. May be called again, also after more steps.
   *
   * @throws AssertionError if an expectation is not met, a mode differs, or the function throws
   */
  public final void verify() {
    recorder.verify();
  }

  /** Adds a step after which no group can be given a state. */
  final H step(String text, ScriptStep.Action action) {
    recorder.step(text, action);
    return self();
  }
}
