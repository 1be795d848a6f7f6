package io.vellamo.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

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
 * A shard's work in an epoch, without its actor and its journal. The states of groups stay in
 * memory between epochs, referenced by the groups' entries, as with inline hosting.
 */
final class BareShard {
  /** Enough epochs for the first sessions to close. */
  private static final int EPOCHS_BEFORE = 20;

  /** The state of a group, as an object. */
  private static final class LiveState {
    private @Nullable Object state;
  }

  private final GroupStep<?, ?, ?, ?> step;
  private final ShardLedger ledger;
  // Groups without an entry, which can't reference their live states before the epoch ends.
  private final Map<GroupKey, LiveState> newcomers = new HashMap<>();

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
    keepNewcomers();
    return change;
  }

  /** Returns the calls with events that an epoch would make now. */
  List<EpochCall> eventCalls(RoutedEpoch epoch) {
    return steps(epoch).eventCalls(ledger);
  }

  /** Returns the in-memory state of the group that is called, or null if there is none. */
  @Nullable Object live(EpochCall call) {
    LiveState live = (LiveState) ledger.hostHandle(call.key());
    return live == null ? null : live.state;
  }

  ShardLedger ledger() {
    return ledger;
  }

  private static EpochSteps steps(RoutedEpoch epoch) {
    return new EpochSteps(
        epoch.plan().times(), requireNonNull(epoch.shards().get(0), "events").byGroup());
  }

  private StepOutcome call(EpochCall call, EpochTimes times) throws Exception {
    LiveState live = liveState(call);
    GroupBatch<Object> batch = call.batch();
    StepOutcome outcome =
        batch == null
            ? step.onTimeout(call.key(), call.entry(), live.state, times)
            : step.onEvents(batch, call.entry(), live.state, times);
    live.state = outcome.live();
    return outcome;
  }

  private LiveState liveState(EpochCall call) {
    LiveState known = (LiveState) ledger.hostHandle(call.key());
    return known == null
        ? newcomers.computeIfAbsent(call.key(), unknown -> new LiveState())
        : known;
  }

  private void keepNewcomers() {
    // Taken only so that they do not accumulate in the ledger; they are not used again.
    ledger.freedHandles();
    newcomers.forEach(
        (key, live) -> {
          if (ledger.isKept(key)) {
            ledger.hostHandle(key, live);
          }
        });
    newcomers.clear();
  }
}
