package io.vellamo.testkit;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The only shard of a script, run in one of the modes on the engine's own classes. */
final class HarnessShard {
  private final Script script;
  private final HarnessMode mode;
  private final WatchedStateCodec<Object> states;
  private final GroupStep<Object, Object, Object, Object> step;
  private final Map<GroupKey, Object> live = new HashMap<>();
  private final CallChecks checks;
  private ShardLedger ledger;
  private long writes;

  // Of the current epoch.
  private String where = "";
  private EpochOutcome outcome = EpochOutcome.none();
  private final List<GroupChange> changes = new ArrayList<>();

  HarnessShard(Script script, HarnessMode mode) {
    GroupOperator<Object, Object, Object, Object> operator = script.operator();
    this.script = script;
    this.mode = mode;
    this.checks = new CallChecks(script);
    this.states = new WatchedStateCodec<>(operator.stateCodec(), mode == HarnessMode.STATE_KEPT);
    this.step =
        new GroupStep<>(
            new GroupOperator<>(
                operator.timeout(),
                operator.hasWatermark(),
                operator.function(),
                operator.keyCodec(),
                states,
                operator.rowCodec()));
    this.ledger = new ShardLedger(operator.timeout());
  }

  /** Sets a group's state and timeout before the script begins. */
  void give(SnapshotPart.Group group) {
    ledger.restore(new SnapshotPart(List.of(group), false));
  }

  NextDue nextDue() {
    return ledger.nextDue();
  }

  GroupEntry entry(GroupKey key) {
    return ledger.entry(key);
  }

  Map<GroupKey, GroupEntry> groups() {
    return ledger.groups();
  }

  /**
   * Runs an epoch: calls with events, written portion by portion, then timeouts.
   *
   * @param description the epoch's place in the script
   * @param portions the epoch's events
   */
  EpochOutcome run(String description, List<RoutedEpoch> portions, EpochTimes times) {
    where = description;
    outcome = EpochOutcome.none();
    for (RoutedEpoch portion : portions) {
      write();
      for (GroupBatch<Object> batch : inOrder(groups(portion))) {
        call(batch.key(), batch.userKey(), batch, times);
      }
    }
    for (GroupKey key : inOrder(ledger.due(times))) {
      if (outcome.group(key) == null) {
        call(key, script.operator().keyCodec().read(key), null, times);
      }
    }
    write();
    if (mode == HarnessMode.RECOVERED) {
      recover();
    }
    return outcome;
  }

  private static List<GroupBatch<Object>> groups(RoutedEpoch portion) {
    ShardEvents events = portion.shards().get(0);
    return events == null ? List.of() : events.byGroup();
  }

  private void call(
      GroupKey key,
      @Nullable Object userKey,
      @Nullable GroupBatch<Object> batch,
      EpochTimes times) {
    HarnessCall call = new HarnessCall(key, userKey, batch, ledger.entry(key), live.get(key));
    StepOutcome stepped = step(call, times);
    if (mode == HarnessMode.TWICE) {
      StepOutcome first = stepped;
      stepped = step(call.again(), times);
      checks.requireSame(where, call, first, stepped);
    }
    keep(key, stepped.live());
    GroupChange change = stepped.change();
    if (!change.isNothing()) {
      changes.add(change);
    }
    GroupEffects called =
        new GroupEffects(
            key, userKey, batch == null, checks.rows(stepped), change.applyTo(call.before()));
    outcome = outcome.with(called, batch == null ? 0 : batch.size());
  }

  private StepOutcome step(HarnessCall call, EpochTimes times) {
    states.begin();
    StepOutcome stepped;
    try {
      stepped =
          call.batch() == null
              ? step.onTimeout(call.key(), call.before(), call.live(), times)
              : step.onEvents(call.batch(), call.before(), call.live(), times);
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
      checks.requireStateUntouched(where, call, stepped, states);
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

  /** Applies the changes of all calls at once, as a write to the journal does. */
  private void write() {
    if (changes.isEmpty()) {
      return;
    }
    // The ledger sees each portion as an epoch, since portions are written one by one.
    ledger.apply(new ShardChange(1, ++writes, List.copyOf(changes)));
    changes.clear();
    if (mode == HarnessMode.TWICE) {
      checks.requireSameFromMemory(where, outcome.rows(), ledger.lastRows());
    }
  }

  private void recover() {
    SnapshotPart snapshot = SnapshotCycle.begin(ledger).next(ledger, Long.MAX_VALUE);
    ledger = new ShardLedger(script.operator().timeout());
    ledger.restore(snapshot);
  }

  private <T> List<T> inOrder(List<T> calls) {
    if (mode != HarnessMode.OTHER_ORDER) {
      return calls;
    }
    List<T> reversed = new ArrayList<>(calls);
    Collections.reverse(reversed);
    return reversed;
  }
}
