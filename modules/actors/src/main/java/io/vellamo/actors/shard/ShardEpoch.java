package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardCommand.RunEpoch;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One epoch on its way through a shard: first the groups with events, then the timeouts. */
final class ShardEpoch {
  private final RunEpoch request;
  private final List<GroupChange> changes = new ArrayList<>();
  private final List<Object> rows = new ArrayList<>();
  private @Nullable ShardInputs inputs;
  private boolean eventsDone;
  private long updated;
  private long removed;

  ShardEpoch(RunEpoch request) {
    this.request = request;
  }

  RunEpoch request() {
    return request;
  }

  /** Records the events, before the function gets and perhaps changes them. */
  void record(ValueCodec codec) {
    if (request.groups().isEmpty()) {
      return;
    }
    List<GroupInputs> groups = new ArrayList<>(request.groups().size());
    for (GroupBatch<Object> batch : request.groups()) {
      List<StoredValue> events = new ArrayList<>(batch.size());
      for (Object event : batch.events()) {
        events.add(codec.write(event));
      }
      groups.add(new GroupInputs(batch.key(), events));
    }
    inputs = new ShardInputs(request.incarnation(), request.times().epoch(), groups);
  }

  /** Returns the recorded events, or null if there are none. */
  @Nullable ShardInputs inputs() {
    return inputs;
  }

  /** Returns the calls with events. */
  List<GroupCall> eventCalls(ShardLedger ledger) {
    List<GroupCall> calls = new ArrayList<>(request.groups().size());
    for (GroupBatch<Object> batch : request.groups()) {
      calls.add(new GroupCall(batch.key(), ledger.entry(batch.key()), batch));
    }
    return calls;
  }

  /** Returns the calls whose timeouts have passed; a group with events has none in that epoch. */
  List<GroupCall> timeoutCalls(ShardLedger ledger) {
    List<GroupKey> due = ledger.due(request.times());
    if (due.isEmpty()) {
      return List.of();
    }
    Set<GroupKey> called = new HashSet<>();
    request.groups().forEach(batch -> called.add(batch.key()));
    List<GroupCall> calls = new ArrayList<>();
    for (GroupKey key : due) {
      if (!called.contains(key)) {
        calls.add(new GroupCall(key, ledger.entry(key), null));
      }
    }
    return calls;
  }

  /** Takes the results of calls; returns the first that threw, or null if none did. */
  StepResult.@Nullable Threw take(List<StepResult> results) {
    for (StepResult result : results) {
      if (result instanceof StepResult.Threw threw) {
        return threw;
      }
      take(((StepResult.Stepped) result).outcome());
    }
    return null;
  }

  private void take(StepOutcome outcome) {
    GroupChange change = outcome.change();
    rows.addAll(outcome.rows());
    if (!change.isNothing()) {
      changes.add(change);
    }
    if (change.effect() == Effect.REMOVED) {
      removed++;
    } else if (change.effect() != Effect.NONE) {
      updated++;
    }
  }

  /** Notes that all groups with events have been called; returns false if that was known. */
  boolean endEvents() {
    boolean first = !eventsDone;
    eventsDone = true;
    return first;
  }

  /** Returns everything the epoch changed. */
  ShardChange change() {
    return new ShardChange(request.incarnation(), request.times().epoch(), changes);
  }

  /** Returns the answer, once the ledger holds the epoch. */
  ShardReply.Done done(int shard, ShardLedger ledger) {
    return new ShardReply.Done(
        shard,
        request.times().epoch(),
        rows,
        ledger.nextDue(),
        ledger.groups().size(),
        updated,
        removed);
  }
}
