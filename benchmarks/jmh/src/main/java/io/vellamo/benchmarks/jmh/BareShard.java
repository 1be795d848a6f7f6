package io.vellamo.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;

/** A shard's work in an epoch, without its actor and its journal. */
final class BareShard {
  /** Enough epochs for the first sessions to close. */
  private static final int EPOCHS_BEFORE = 20;

  private final GroupStep<?, ?, ?, ?> step;
  private final ShardLedger ledger;

  private BareShard(MeasuredOperator operator) {
    this.step = new GroupStep<>(operator.operator());
    this.ledger = new ShardLedger(operator.operator().timeout());
  }

  /** Returns a shard after the first epochs of a feed. */
  static BareShard filled(MeasuredOperator operator, EpochFeed feed) throws Exception {
    BareShard shard = new BareShard(operator);
    for (int epoch = 0; epoch < EPOCHS_BEFORE; epoch++) {
      shard.run(feed.next());
    }
    return shard;
  }

  /** Runs an epoch and returns its changes. */
  ShardChange run(RoutedEpoch epoch) throws Exception {
    EpochTimes times = epoch.plan().times();
    EpochSteps steps = steps(epoch);
    for (EpochCall call : steps.eventCalls(ledger)) {
      steps.take(call, call(call, times));
    }
    for (EpochCall call : steps.timeoutCalls(ledger)) {
      steps.take(call, call(call, times));
    }
    ShardChange change = steps.change(1, ledger.expired(times));
    ledger.apply(change);
    return change;
  }

  /** Returns the calls with events that an epoch would make now. */
  List<EpochCall> eventCalls(RoutedEpoch epoch) {
    return steps(epoch).eventCalls(ledger);
  }

  ShardLedger ledger() {
    return ledger;
  }

  private static EpochSteps steps(RoutedEpoch epoch) {
    return new EpochSteps(
        epoch.plan().times(), requireNonNull(epoch.shards().get(0), "events").byGroup());
  }

  private StepOutcome call(EpochCall call, EpochTimes times) throws Exception {
    GroupBatch<Object> batch = call.batch();
    return batch == null
        ? step.onTimeout(call.key(), call.entry(), null, times)
        : step.onEvents(batch, call.entry(), null, times);
  }
}
