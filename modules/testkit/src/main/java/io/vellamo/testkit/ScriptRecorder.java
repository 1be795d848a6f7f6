package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.InitialState;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.RecordLayouts;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A script while its steps are added: the steps and settings that a {@link ScriptHarness} was given
 * so far.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ScriptRecorder {
  private HarnessFunction function;
  private final List<ScriptStep> steps = new ArrayList<>();
  private final Set<HarnessMode> leftOut = EnumSet.noneOf(HarnessMode.class);
  private KeyCodec keyCodec = new StandardKeyCodec();
  private @Nullable Duration delay;
  private Instant start = Instant.EPOCH;
  private boolean movesWatermark;
  private boolean hasBegun;

  ScriptRecorder(HarnessFunction function) {
    this.function = function;
  }

  void keyType(Type type) {
    keyCodec = JacksonKeyCodec.of(type, new RecordLayouts());
  }

  void delay(Duration newDelay) {
    delay = newDelay;
  }

  void startAt(Instant moment) {
    start = moment;
  }

  /** Adds a step that gives a group a state; it must precede all other kinds of steps. */
  void give(@Nullable Object key, Object state, @Nullable Instant timeout) {
    requireNonNull(state, "state");
    requireNotBegun();
    byte[] bytes = function.stateCodec().write(state);
    Long timeoutMillis = timeout == null ? null : timeout.toEpochMilli();
    record(
        "given(%s)".formatted(key),
        run ->
            run.give(
                new SnapshotPart.Group(keyCodec.write(key), GroupEntry.of(bytes, timeoutMillis))));
  }

  /** Sets the initial rows of a processor; must precede all steps, and be called at most once. */
  void initial(InitialState<?, ?> initial, InitialRowFunction<?, ?, ?> onInitialRow) {
    requireNotBegun();
    if (function.operator().initialState().isPresent()) {
      throw new IllegalStateException(
          "given must be called once, was called twice; pass all initial rows together");
    }
    function = function.withInitialRows(initial, onInitialRow);
  }

  private void requireNotBegun() {
    if (hasBegun) {
      throw new IllegalStateException(
          "given must stand before all events and clocks; use an event to bring a group to a"
              + " state later");
    }
  }

  void event(@Nullable Object key, Object event, @Nullable Instant time) {
    requireNonNull(event, "event");
    ScriptedEvent scripted = new ScriptedEvent(steps.size(), key, event, time);
    String when = time == null ? "" : ", " + time;
    step("event(%s%s)".formatted(key, when), run -> run.event(scripted));
  }

  void advanceWatermark(Instant to) {
    movesWatermark = true;
    step("advanceWatermark(%s)".formatted(to), run -> run.advanceWatermark(to));
  }

  /** Adds a step after which no group can be given a state. */
  void step(String text, ScriptStep.Action action) {
    hasBegun = true;
    record(text, action);
  }

  private void record(String text, ScriptStep.Action action) {
    steps.add(new ScriptStep(steps.size() + 1, text, action));
  }

  /** Leaves out a mode for a reason that the test states. */
  void leaveOut(HarnessMode mode, String reason) {
    if (mode == HarnessMode.AS_WRITTEN) {
      throw new IllegalArgumentException(
          "mode must not be AS_WRITTEN; what it gives is what the others are compared with");
    }
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "reason must say why mode [%s] is left out, was blank".formatted(mode));
    }
    leftOut.add(mode);
  }

  /** Runs the script in every mode that is not left out. */
  void verify() {
    WrittenRun written = WrittenRun.of(script());
    for (HarnessMode mode : HarnessMode.values()) {
      if (mode != HarnessMode.AS_WRITTEN && !leftOut.contains(mode)) {
        ModeRun.compare(written, mode);
      }
    }
  }

  private Script script() {
    boolean refusesMutation = !leftOut.contains(HarnessMode.STATE_KEPT);
    return function.script(
        new HarnessFunction.Setting(keyCodec, delay, movesWatermark, start, refusesMutation),
        steps);
  }
}
