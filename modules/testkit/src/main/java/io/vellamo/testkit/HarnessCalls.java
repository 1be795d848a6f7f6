package io.vellamo.testkit;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of a shard of a script, made as one of the modes demands, with their checks. */
final class HarnessCalls {
  private final Script script;
  private final HarnessMode mode;
  private final WatchedCodecs watched;
  private final GroupStep<Object, Object, Object, Object> step;
  private final Map<GroupKey, Object> live = new HashMap<>();
  private final CallChecks checks;

  // Of the current epoch.
  private String where = "";
  private boolean callsTimeouts = true;
  private EpochOutcome outcome = EpochOutcome.none();

  HarnessCalls(Script script, HarnessMode mode) {
    this.script = script;
    this.mode = mode;
    this.checks = new CallChecks(script);
    this.watched = new WatchedCodecs(script.operator(), mode == HarnessMode.STATE_KEPT);
    this.step = new GroupStep<>(watched.operator());
  }

  /**
   * Begins an epoch of the script.
   *
   * @param description its place in the script
   */
  void begin(String description) {
    where = description;
    outcome = EpochOutcome.none();
  }

  /** Sets whether timeouts are called: not before the last portion of an epoch. */
  void callsTimeouts(boolean callsThem) {
    callsTimeouts = callsThem;
  }

  /** Returns the place of the epoch in the script. */
  String where() {
    return where;
  }

  /** Returns the outcome of the epoch so far. */
  EpochOutcome outcome() {
    return outcome;
  }

  /** Makes the calls of a round. */
  List<CallResult> make(List<EpochCall> round, EpochTimes times) {
    List<EpochCall> ordered = new ArrayList<>(round);
    if (mode == HarnessMode.OTHER_ORDER) {
      Collections.reverse(ordered);
    }
    List<CallResult> results = new ArrayList<>(ordered.size());
    for (EpochCall call : ordered) {
      StepOutcome stepped = isLeftOut(call) ? leftOut(call) : make(call, times);
      results.add(new CallResult.Returned(call, stepped));
    }
    return results;
  }

  /**
   * Returns whether a timeout is not called: its group has had events in this epoch, or may yet.
   * Timers are called in any case, after the last events of the epoch.
   */
  private boolean isLeftOut(EpochCall call) {
    if (call.batch() != null || call.initialRows() != null) {
      return false;
    }
    boolean isAfterEvents = !step.hasVariables() && outcome.group(call.key()) != null;
    return !callsTimeouts || isAfterEvents;
  }

  private static StepOutcome leftOut(EpochCall call) {
    GroupChange nothing =
        new GroupChange(call.key(), GroupChange.Effect.NONE, null, null, List.of());
    return new StepOutcome(nothing, List.of(), null);
  }

  private StepOutcome make(EpochCall requested, EpochTimes times) {
    GroupKey key = requested.key();
    GroupBatch<Object> batch = requested.batch();
    Object userKey = batch == null ? script.operator().keyCodec().read(key) : batch.userKey();
    HarnessCall call = new HarnessCall(requested, userKey, live.get(key));
    StepOutcome stepped = step(call, times);
    if (mode == HarnessMode.TWICE) {
      StepOutcome first = stepped;
      stepped = step(call.again(), times);
      checks.requireSame(where, call, first, stepped, times);
    }
    keep(key, stepped.live());
    GroupEffects called =
        new GroupEffects(
            key,
            userKey,
            call.isTimeout(),
            checks.rows(stepped),
            script.after(stepped.change(), call.before(), times));
    outcome = outcome.with(called, call.events());
    return stepped;
  }

  private StepOutcome step(HarnessCall call, EpochTimes times) {
    watched.begin();
    StepOutcome stepped;
    try {
      stepped = call.requested().run(step, call.live(), times);
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      throw new AssertionError(
          "%s: the function must not throw, threw %s; for group [%s], called %s"
              .formatted(
                  where,
                  Failures.of(true).describe(e),
                  Failures.text(call.userKey()),
                  call.reason()),
          e);
    }
    if (script.refusesMutation() && mode == HarnessMode.AS_WRITTEN) {
      checks.requireUntouched(where, call, stepped, watched);
    }
    return stepped;
  }

  /** Keeps the object of a state for the group's next call, as the group's actor does. */
  private void keep(GroupKey key, @Nullable Object state) {
    if (state == null || mode == HarnessMode.RECOVERED) {
      live.remove(key);
    } else {
      live.put(key, state);
    }
  }
}
