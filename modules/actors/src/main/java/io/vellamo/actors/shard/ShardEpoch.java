package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardCommand.RunEpoch;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One epoch on its way through a shard: first the groups with events, then, in the query's first
 * epoch, those with an initial state only, then the timeouts.
 */
final class ShardEpoch {
  private final RunEpoch request;
  private final EpochSteps steps;
  private @Nullable ShardInputs inputs;
  private boolean timeoutsCalled;

  ShardEpoch(RunEpoch request) {
    this.request = request;
    this.steps = new EpochSteps(request.times(), request.groups(), request.initial());
  }

  RunEpoch request() {
    return request;
  }

  /**
   * Records the events, before the function gets and perhaps changes them. Those of a first epoch
   * that begins with initial states are left out: without the states they would be run again to
   * another result, so a replay has to begin later.
   */
  void record(ValueCodec codec) {
    if (request.groups().isEmpty() || !request.initial().isEmpty()) {
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
  List<EpochCall> eventCalls(ShardLedger ledger) {
    return steps.eventCalls(ledger);
  }

  /**
   * Returns the calls that follow those with events, some at a time; none when all have been made.
   *
   * @param keyCodec reads keys
   * @param most the most calls of groups that have an initial state only
   */
  List<EpochCall> furtherCalls(ShardLedger ledger, KeyCodec keyCodec, int most) {
    List<EpochCall> initial = steps.initialCalls(keyCodec, most);
    if (!initial.isEmpty() || timeoutsCalled) {
      return initial;
    }
    timeoutsCalled = true;
    return steps.timeoutCalls(ledger);
  }

  /** Takes the results of calls; returns the first that threw, or null if none did. */
  StepResult.@Nullable Threw take(List<StepResult> results) {
    for (StepResult result : results) {
      if (result instanceof StepResult.Threw threw) {
        return threw;
      }
      steps.take(((StepResult.Stepped) result).outcome());
    }
    return null;
  }

  /** Returns everything the epoch changed. */
  ShardChange change() {
    return steps.change(request.incarnation());
  }

  /** Returns the answer, once the ledger holds the epoch. */
  ShardReply.Done done(int shard, ShardLedger ledger) {
    return new ShardReply.Done(
        shard,
        request.times().epoch(),
        steps.rows(),
        ledger.nextDue(),
        ledger.groups().size(),
        steps.updated(),
        steps.removed());
  }
}
