package io.vellamo.testkit;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StoredValue;
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

/** The one shard of a script, run on the engine's own parts in one of the modes. */
final class HarnessShard {
  private final Script script;
  private final HarnessMode mode;
  private final WatchedStateCodec<Object> states;
  private final GroupStep<Object, Object, Object, Object> step;
  private final Map<GroupKey, Object> live = new HashMap<>();
  private ShardLedger ledger;
  private long writes;

  // While an epoch runs.
  private String where = "";
  private EpochOutcome outcome = EpochOutcome.none();
  private final List<GroupChange> changes = new ArrayList<>();

  HarnessShard(Script script, HarnessMode mode) {
    GroupOperator<Object, Object, Object, Object> operator = script.operator();
    this.script = script;
    this.mode = mode;
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

  /** Puts what is kept of a group at the beginning. */
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
   * @param description where the epoch is in the script
   * @param portions the epoch's events
   */
  EpochOutcome run(String description, List<RoutedEpoch> portions, EpochTimes times) {
    where = description;
    outcome = EpochOutcome.none();
    for (RoutedEpoch portion : portions) {
      write();
      for (GroupBatch<Object> batch : inOrder(portion.shards().getOrDefault(0, List.of()))) {
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

  private void call(
      GroupKey key,
      @Nullable Object userKey,
      @Nullable GroupBatch<Object> batch,
      EpochTimes times) {
    GroupEntry before = ledger.entry(key);
    Call call = new Call(key, userKey, batch, before, live.get(key));
    StepOutcome stepped = step(call, times);
    List<GroupRow> rows = rows(stepped);
    if (mode == HarnessMode.TWICE) {
      StepOutcome first = stepped;
      stepped = step(call.again(), times);
      requireSame(call, first, stepped);
      rows = rows(stepped);
    }
    GroupChange change = stepped.change();
    GroupEntry after = change.applyTo(before);
    if (stepped.live() == null || mode == HarnessMode.RECOVERED) {
      live.remove(key);
    } else {
      live.put(key, stepped.live());
    }
    if (!change.isNothing()) {
      changes.add(change);
    }
    outcome =
        outcome.with(
            new GroupOutcome(key, userKey, batch == null, rows, after),
            batch == null ? 0 : batch.size());
  }

  private StepOutcome step(Call call, EpochTimes times) {
    states.begin();
    StepOutcome stepped;
    try {
      stepped =
          call.batch == null
              ? step.onTimeout(call.key, call.before, call.live, times)
              : step.onEvents(call.batch, call.before, call.live, times);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      throw new AssertionError(
          "%s: the function must not throw, threw [%s] for group [%s], called %s"
              .formatted(where, e, call.userKey, call.reason()),
          e);
    }
    if (script.watchesStates() && mode == HarnessMode.AS_WRITTEN) {
      requireStateUntouched(call, stepped.change().effect());
    }
    return stepped;
  }

  private void requireStateUntouched(Call call, Effect effect) {
    boolean leftAlone = effect == Effect.NONE || effect == Effect.TIMEOUT;
    if (leftAlone && states.hasChanged()) {
      throw new AssertionError(
          ("%s: the state must be changed by update only, group [%s] has changed it in place, which"
                  + " is never kept; call update, or work on a copy")
              .formatted(where, call.userKey));
    }
  }

  private void requireSame(Call call, StepOutcome first, StepOutcome second) {
    if (!GroupRow.sameInOrder(rows(first), rows(second))) {
      throw differs(call, "rows", rows(first), rows(second));
    }
    GroupEntry one = first.change().applyTo(call.before);
    GroupEntry other = second.change().applyTo(call.before);
    if (!script.same(one, other)) {
      throw differs(call, "state and timeout", script.text(one), script.text(other));
    }
  }

  private AssertionError differs(Call call, String what, Object first, Object second) {
    return new AssertionError(
        "%s: %s of group [%s] must be the same in both calls, were [%s] and [%s]; likely %s"
            .formatted(where, what, call.userKey, first, second, mode.likelyCause()));
  }

  /** Makes what the calls gave count, all at once, as the journal's write does. */
  private void write() {
    if (changes.isEmpty()) {
      return;
    }
    // Portions of an epoch are written one by one, which the ledger takes for epochs.
    ledger.apply(new ShardChange(1, ++writes, List.copyOf(changes)));
    changes.clear();
    if (mode == HarnessMode.TWICE) {
      requireAnswerFromMemory();
    }
  }

  private void requireAnswerFromMemory() {
    List<GroupRow> emitted = outcome.rows();
    List<StoredValue> kept = ledger.lastRows();
    for (int i = 0; i < kept.size(); i++) {
      Object again = script.operator().rowCodec().read(kept.get(i));
      if (!emitted.get(i).sameAs(GroupRow.of(again, script.operator().rowCodec()))) {
        throw new AssertionError(
            "%s: row [%s] must be the same when read from the journal, was [%s]; likely class [%s] loses something when Jackson writes and reads it"
                .formatted(
                    where, emitted.get(i), again, emitted.get(i).row().getClass().getName()));
      }
    }
  }

  private void recover() {
    SnapshotPart snapshot = SnapshotCycle.begin(ledger).next(ledger, Long.MAX_VALUE);
    ledger = new ShardLedger(script.operator().timeout());
    ledger.restore(snapshot);
  }

  private List<GroupRow> rows(StepOutcome stepped) {
    List<GroupRow> rows = new ArrayList<>();
    for (int i = 0; i < stepped.rows().size(); i++) {
      rows.add(
          new GroupRow(
              stepped.rows().get(i), stepped.change().rows().get(i), script.operator().rowCodec()));
    }
    return rows;
  }

  private <T> List<T> inOrder(List<T> calls) {
    if (mode != HarnessMode.OTHER_ORDER) {
      return calls;
    }
    List<T> reversed = new ArrayList<>(calls);
    Collections.reverse(reversed);
    return reversed;
  }

  /** One call of the function; without a batch, for a timeout. */
  private record Call(
      GroupKey key,
      @Nullable Object userKey,
      @Nullable GroupBatch<Object> batch,
      GroupEntry before,
      @Nullable Object live) {
    /** Returns the same call, to be made once more. */
    Call again() {
      if (batch == null) {
        return this;
      }
      GroupBatch<Object> copy = new GroupBatch<>(key, userKey);
      batch.events().forEach(event -> copy.add(event, 0, ((ScriptedEvent) event).index()));
      return new Call(key, userKey, copy, before, live);
    }

    String reason() {
      return batch == null ? "for its timeout" : "with [%d] events".formatted(batch.size());
    }
  }
}
