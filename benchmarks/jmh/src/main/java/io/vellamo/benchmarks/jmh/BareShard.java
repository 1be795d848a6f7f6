package io.vellamo.benchmarks.jmh;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shard's actor does in an epoch, without the actor and its journal. The states of groups
 * stay at hand between epochs, as with inline hosting.
 */
final class BareShard {
  /** More event time than a session lasts until it closes. */
  private static final int EPOCHS_BEFORE = 20;

  private final GroupStep<?, ?, ?, ?> step;
  private final ShardLedger ledger;
  private final Map<GroupKey, Object> live = new HashMap<>();

  private BareShard(MeasuredOperator operator) {
    this.step = new GroupStep<>(operator.operator());
    this.ledger = new ShardLedger(operator.operator().timeout());
  }

  /** Returns a shard that the first epochs of a feed have filled. */
  static BareShard filled(MeasuredOperator operator, EpochFeed feed) throws Exception {
    BareShard shard = new BareShard(operator);
    for (int epoch = 0; epoch < EPOCHS_BEFORE; epoch++) {
      shard.run(feed.next());
    }
    return shard;
  }

  /** Runs an epoch and returns what it changed. */
  ShardChange run(RoutedEpoch epoch) throws Exception {
    EpochTimes times = epoch.plan().times();
    EpochSteps steps = steps(epoch);
    for (EpochCall call : steps.eventCalls(ledger)) {
      take(steps, call(call, times));
    }
    for (EpochCall call : steps.timeoutCalls(ledger)) {
      take(steps, call(call, times));
    }
    ShardChange change = steps.change(1);
    ledger.apply(change);
    return change;
  }

  /** Returns the calls with events that an epoch would make now. */
  List<EpochCall> eventCalls(RoutedEpoch epoch) {
    return steps(epoch).eventCalls(ledger);
  }

  /** Returns a group's state, or null if it has none at hand. */
  @Nullable Object live(GroupKey key) {
    return live.get(key);
  }

  ShardLedger ledger() {
    return ledger;
  }

  private static EpochSteps steps(RoutedEpoch epoch) {
    return new EpochSteps(epoch.plan().times(), epoch.shards().getOrDefault(0, List.of()));
  }

  private StepOutcome call(EpochCall call, EpochTimes times) throws Exception {
    Object known = live.get(call.key());
    GroupBatch<Object> batch = call.batch();
    return batch == null
        ? step.onTimeout(call.key(), call.entry(), known, times)
        : step.onEvents(batch, call.entry(), known, times);
  }

  private void take(EpochSteps steps, StepOutcome outcome) {
    steps.take(outcome);
    GroupKey key = outcome.change().key();
    Object state = outcome.live();
    if (state == null) {
      live.remove(key);
    } else {
      live.put(key, state);
    }
  }
}
